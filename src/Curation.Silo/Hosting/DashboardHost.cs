using Curation.Dashboard.Hosting;
using Curation.Dashboard.Security;
using Curation.Pipeline;
using Curation.Silo.Commands;
using Curation.Silo.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
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
    /// <param name="keyFile">File of the API key; null for what is configured, else none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConfigurationException">Something is wrong with the settings, or nobody would be asked who they are.</exception>
    public async Task<int> RunAsync(string dataset, string url, string? keyFile, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            return await RefuseAsync($"{DashboardCommand.UrlOption} {url}: give one http://ADDRESS:PORT (for HTTPS put a proxy in front).");
        }

        var configuration = CurateConfiguration.Build([], null);
        var settings = CurateSettings.Read(configuration);
        var access = (settings.Dashboard with { Enabled = true }).ReadAccess(address, $"{DashboardCommand.UrlOption} {url}", keyFile, DashboardCommand.KeyFileOption)!;
        await using var app = Build(dataset, configuration, settings, access);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException inUse) when (inUse.InnerException is AddressInUseException)
        {
            return await RefuseAsync($"{DashboardCommand.UrlOption} {url}: is in use by another program; choose another port.");
        }
        catch (System.Net.Sockets.SocketException wrong)
        {
            return await RefuseAsync($"{DashboardCommand.UrlOption} {url}: cannot be listened on: {wrong.Message}.");
        }

        await output.WriteLineAsync($"Dashboard of {dataset}: {app.Urls.First()}  (Ctrl-C ends it)");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task;
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    private static WebApplication Build(string dataset, IConfiguration configuration, CurateSettings settings, DashboardAccess access)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "curate", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "HH:mm:ss "));
        builder.WebHost.UseKestrelCore().UseDashboardAssets().UseUrls(access.Url.GetLeftPart(UriPartial.Authority));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddConfigured(settings).AddCurationPipeline();
        builder.Services.AddCurationDashboard(new DashboardOptions { Datasets = [dataset], Access = access });
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
