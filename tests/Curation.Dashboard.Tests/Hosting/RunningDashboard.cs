using System.Collections.Concurrent;
using Curation.Dashboard.Hosting;
using Curation.Dashboard.Security;
using Curation.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Curation.Dashboard.Tests.Hosting;

/// <summary>A dashboard over one small data set, on a port of its own.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    private const string Manifest = """
        {
          "id": "0123456789abcdef0123456789abcdef", "parent": null, "created_utc": "2026-02-03T04:05:06Z", "pipeline_version": "1",
          "policy": { "name": "demo", "sha256": "aa" }, "models": [], "shards": [],
          "funnel": { "sources": 4, "quarantined": 1, "duplicates": 0, "clips": 10, "retained": 6, "held": 1, "rejected": 3, "by_filter": { "snr_db": 3 }, "by_split": { "sound": 6 }, "unmeasured": {} },
          "hours": { "media": 2, "retained": 0.5, "held": 0.1, "rejected": 0.2, "by_split": { "sound": 0.5 } }
        }
        """;

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly Lines _lines;

    private RunningDashboard(WebApplication app, DirectoryInfo folder, Lines lines) => (_app, _folder, _lines, Dataset) = (app, folder, lines, Path.Combine(folder.FullName, "my set"));

    /// <summary>Its data set's folder.</summary>
    public string Dataset { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>Everything that it logged.</summary>
    public string Log => string.Join('\n', _lines.Written);

    public static async Task<RunningDashboard> StartAsync(string? key = null)
    {
        var folder = Directory.CreateTempSubdirectory("curate-dashboard-");
        folder.CreateSubdirectory("my set");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "my set", "dataset.json"), Manifest, TestContext.Current.CancellationToken);
        var lines = new Lines();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Curation.Dashboard", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.UseKestrelCore().UseDashboardAssets().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton(TimeProvider.System).AddCurationPipeline();
        builder.Services.AddCurationDashboard(new DashboardOptions { Datasets = [Path.Combine(folder.FullName, "my set")], Access = new DashboardAccess { ApiKey = key is null ? null : ApiKey.From(key, out _) } });
        var app = builder.Build();
        app.MapCurationDashboard();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDashboard(app, folder, lines);
    }

    /// <summary>A browser: it keeps cookies and follows nothing by itself.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = Url };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
