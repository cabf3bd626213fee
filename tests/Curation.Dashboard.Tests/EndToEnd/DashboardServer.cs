using System.Net;
using System.Net.Sockets;
using Curation.Dashboard.Hosting;
using Curation.Grains;
using Curation.Pipeline;
using Curation.Pipeline.Scratch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>A dashboard in this process, on a free port of loopback, put together as the product does.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ErrorLog _log;

    private DashboardServer(WebApplication app, ErrorLog log) => (_app, _log) = (app, log);

    /// <summary>What it logged as an error.</summary>
    public IReadOnlyCollection<string> Errors => _log.Errors;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public Uri Url => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where it may write.</param>
    /// <param name="options">What it serves.</param>
    /// <param name="with">What is there beside it.</param>
    public static async Task<DashboardServer> StartAsync(string folder, DashboardOptions options, Action<WebApplicationBuilder>? with = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        var log = new ErrorLog();
        builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseDashboardAssets().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ScratchOptions { Folder = Path.Combine(folder, "scratch") });
        builder.Services.AddCurationPipeline();
        with?.Invoke(builder);
        builder.Services.AddCurationDashboard(options);
        var app = builder.Build();
        app.MapCurationDashboard();
        await app.StartAsync();
        return new DashboardServer(app, log);
    }

    /// <summary>Gives it a silo of its own that keeps everything in memory.</summary>
    public static void AddSilo(WebApplicationBuilder builder, Action<ISiloBuilder>? with = null) => builder.Host.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(FreePort(), FreePort());
        silo.AddMemoryGrainStorage(CurationGrains.StateStorage);
        silo.Services.AddCurationGrains();
        silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = TimeSpan.FromMinutes(5));
        with?.Invoke(silo);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
