using Curation.Dashboard.Cluster;
using Curation.Dashboard.Hosting;
using Curation.Dashboard.Security;
using Curation.Grains.Telemetry;
using Curation.Pipeline;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Scratch;
using Curation.Silo.Cluster;
using Curation.Silo.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans.Dashboard;
using DashboardOptions = Curation.Dashboard.Hosting.DashboardOptions;

namespace Curation.Silo.Hosting;

/// <summary>Puts a silo together: the grains, health, metrics, traces and the log.</summary>
internal static class SiloApplication
{
    private const string OrleansPath = "/orleans";
    private const string OrleansMeter = "Microsoft.Orleans";

    /// <summary>Builds it; nothing is started.</summary>
    /// <param name="configuration">Where the log's levels stand.</param>
    /// <param name="settings">The silo's settings.</param>
    /// <param name="dashboard">Who may use the dashboard; null for a silo without one.</param>
    /// <param name="json">Whether the log is JSON.</param>
    /// <param name="time">The clock.</param>
    public static WebApplication Build(IConfiguration configuration, CurateSettings settings, DashboardAccess? dashboard, bool json, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "curate", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        AddLog(builder.Logging, configuration, json);
        builder.WebHost.UseKestrelCore().UseUrls(settings.Silo.HttpUrl.GetLeftPart(UriPartial.Authority));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddConfigured(settings);
        builder.Services.AddSingleton(new MemoryOptions { Bytes = settings.Silo.MemoryBytes });
        builder.Services.AddSingleton(new ScratchOptions { Folder = settings.Silo.ScratchFolder, Bytes = settings.Silo.ScratchBytes });
        builder.Services.AddCurationPipeline();
        builder.Host.UseOrleans(silo =>
        {
            silo.UseCurationCluster(settings);
            if (dashboard is not null) silo.AddDashboard();
        });
        if (dashboard is not null) AddDashboard(builder, dashboard);
        builder.Services.AddHealthChecks().AddCheck<SiloReadiness>("silo", tags: [SiloReadiness.Tag]);
        AddTelemetry(builder.Services, settings);

        var app = builder.Build();
        if (dashboard is not null)
        {
            app.MapCurationDashboard();
            app.MapOrleansDashboard(OrleansPath);
        }

        app.MapSiloHealth();
        app.MapPrometheusScrapingEndpoint().AllowAnonymous();
        var metrics = app.Services.GetRequiredService<CurationMetrics>();
        metrics.ObserveScratch(() => FolderSize.Of(settings.Silo.ScratchFolder));
        var memory = app.Services.GetRequiredService<MemoryBudget>();
        metrics.ObserveMemory(() => memory.Used);
        return app;
    }

    private static void AddDashboard(WebApplicationBuilder builder, DashboardAccess access)
    {
        builder.WebHost.UseDashboardAssets();
        builder.Services.AddSingleton<IClusterSubmission, ClusterSubmission>();
        builder.Services.AddCurationDashboard(new DashboardOptions { HasCluster = true, OrleansPath = OrleansPath, Access = access });
    }

    private static void AddLog(ILoggingBuilder logging, IConfiguration configuration, bool json)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        if (json)
        {
            logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "HH:mm:ss "));
        }
    }

    private static void AddTelemetry(IServiceCollection services, CurateSettings settings)
    {
        var endpoint = settings.Telemetry.OtlpEndpoint;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("curate", serviceNamespace: settings.Cluster.ClusterId, serviceInstanceId: $"{settings.Silo.AdvertisedAddress}:{settings.Silo.SiloPort}"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(CurationMetrics.Name, OrleansMeter).AddRuntimeInstrumentation().AddPrometheusExporter();
                if (endpoint is not null) metrics.AddOtlpExporter(exporter => exporter.Endpoint = endpoint);
            });
        if (endpoint is null) return;

        telemetry.WithTracing(traces => traces
            .AddSource(CurationMetrics.Name, "Microsoft.Orleans.Application")
            .AddOtlpExporter(exporter => exporter.Endpoint = endpoint));
    }
}
