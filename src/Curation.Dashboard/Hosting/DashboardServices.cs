using System.Text.Json;
using System.Text.Json.Serialization;
using Curation.Dashboard.Cluster;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Layout;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Pages.WhatIf;
using Curation.Dashboard.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MudBlazor.Services;

namespace Curation.Dashboard.Hosting;

/// <summary>Registers the dashboard.</summary>
public static class DashboardServices
{
    /// <summary>Adds the dashboard. The pipeline must be there, and grains where it has a cluster.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What it serves, and to whom.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationDashboard(this IServiceCollection services, DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddDashboardAccess(options.Access);
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        services.AddOpenApi(OpenApiDocument, document => document.AddDocumentTransformer((api, _, _) =>
        {
            (api.Info.Title, api.Info.Version) = ("Curate", "v1");
            api.Info.Description = $"Runs, schedules, data sets and clips of this silo. Send the key as {AccessSchemes.KeyHeader} or Authorization: Bearer; without one, changes need the token of GET /api/v1/antiforgery-token. Errors are problem details (RFC 9457).";
            return Task.CompletedTask;
        }));
        services.AddSingleton(options);
        services.AddSingleton<DatasetCatalog>();
        services.AddScoped<ViewerState>();
        services.AddScoped<DatasetSelection>();
        services.AddClipPages();
        services.AddWhatIfPage();
        if (!options.HasCluster) return services;

        services.AddSingleton<ClusterWatch>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ClusterWatch>());
        services.AddSingleton<IRunOutputs>(provider => provider.GetRequiredService<ClusterWatch>());
        services.AddSingleton<RunDesk>();
        services.AddSingleton<ScheduleDesk>();
        return services;
    }

    /// <summary>Name of the API's document.</summary>
    internal const string OpenApiDocument = "v1";
}
