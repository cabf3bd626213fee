using Curation.Dashboard.Hosting;
using Curation.Pipeline;
using Curation.Silo.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Curation.Silo.Hosting;

/// <summary>The dashboard over one data set, from its address to its exit code.</summary>
internal sealed class DashboardHost(TextWriter output, TextWriter errors)
{
    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="dataset">The data set, which can be opened.</param>
    /// <param name="url">Where to listen.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<int> RunAsync(string dataset, string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            return await RefuseAsync($"--urls {url}: give http://ADDRESS:PORT (for HTTPS put a proxy in front).");
        }

        if (!address.IsLoopback) return await RefuseAsync($"--urls {url}: is no loopback address; give http://127.0.0.1:PORT.");

        await using var app = Build(dataset, address);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException inUse) when (inUse.InnerException is AddressInUseException)
        {
            return await RefuseAsync($"--urls {url}: is in use by another program; choose another port.");
        }

        await output.WriteLineAsync($"Dashboard of {dataset}: {app.Urls.First()}  (Ctrl-C ends it)");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task;
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    private static WebApplication Build(string dataset, Uri address)
    {
        var configuration = CurateConfiguration.Build([], null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "curate", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "HH:mm:ss "));
        builder.WebHost.UseKestrelCore().UseDashboardAssets().UseUrls(address.GetLeftPart(UriPartial.Authority));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddConfigured(CurateSettings.Read(configuration)).AddCurationPipeline();
        builder.Services.AddCurationDashboard(new DashboardOptions { Datasets = [dataset] });
        var app = builder.Build();
        app.MapCurationDashboard();
        return app;
    }

    private async Task<int> RefuseAsync(string fault)
    {
        await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
