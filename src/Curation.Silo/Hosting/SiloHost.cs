using Curation.Grains.Placement;
using Curation.Silo.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Curation.Silo.Hosting;

/// <summary>One silo from its configuration to its exit code: checks, start, and the drain.</summary>
internal static class SiloHost
{
    // After the drain: what is cancelled ends its processes, and Orleans leaves the cluster.
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs until a signal.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, string? file, bool json, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        CurateSettings settings;
        WebApplication app;
        using var signals = new StopSignals(cancellationToken);
        try
        {
            var configuration = CurateConfiguration.Build(arguments, file);
            settings = CurateSettings.Read(configuration);
            var dashboard = settings.Dashboard.ReadAccess(settings.Silo.HttpUrl, "Curate:Silo:HttpUrl");
            if (await ClusterStoreCheck.FindFaultAsync(settings.Cluster, signals.First) is { } fault) throw new ConfigurationException([fault]);

            Directory.CreateDirectory(settings.Silo.ScratchFolder);
            app = SiloApplication.Build(configuration, settings, dashboard, json, time);
        }
        catch (ConfigurationException wrong)
        {
            return await RefuseAsync(errors, wrong.Faults);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(errors, [wrong.Message]);
        }

        await using (app)
        {
            try
            {
                await app.StartAsync(signals.First);
            }
            catch (OperationCanceledException) when (signals.First.IsCancellationRequested)
            {
                return ExitCodes.Done;
            }
            catch (Exception wrong) when (StartFault(wrong, settings) is { } fault)
            {
                return await RefuseAsync(errors, [fault]);
            }

            var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Curation.Silo");
            SiloLog.Started(log, settings.Cluster.ClusterId, settings.Silo.AdvertisedAddress, settings.Silo.SiloPort, settings.Silo.GatewayPort, settings.Silo.Roles, settings.Silo.HttpUrl);
            await signals.WaitAsync(app.Lifetime.ApplicationStopping);
            var asked = signals.First.IsCancellationRequested;
            await DrainAsync(app, settings, log, time);
            return asked ? ExitCodes.Done : ExitCodes.Failed;
        }
    }

    private static async Task DrainAsync(WebApplication app, CurateSettings settings, ILogger log, TimeProvider time)
    {
        var drain = app.Services.GetRequiredService<SiloDrain>();
        var empty = drain.BeginAsync();
        SiloLog.Draining(log, drain.InFlight, settings.Silo.Drain.TotalSeconds);
        if (!await EndsWithinAsync(empty, settings.Silo.Drain, time))
        {
            SiloLog.HandingOver(log, drain.InFlight);
            drain.HandOver();
            await EndsWithinAsync(empty, HandOverLimit, time);
        }

        using var limit = new CancellationTokenSource(StopLimit, time);
        await app.StopAsync(limit.Token);
        SiloLog.Stopped(log);
    }

    private static async Task<bool> EndsWithinAsync(Task work, TimeSpan limit, TimeProvider time)
    {
        try
        {
            await work.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // What a user can mend; anything else is a bug and keeps its stack.
    private static string? StartFault(Exception error, CurateSettings settings)
    {
        string? said = null;
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case Microsoft.AspNetCore.Connections.AddressInUseException:
                    return $"Curate:Silo:HttpUrl: {settings.Silo.HttpUrl} is in use by another program; choose another port.";
                case System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AddressAlreadyInUse }:
                    return $"Curate:Silo:SiloPort {settings.Silo.SiloPort} or GatewayPort {settings.Silo.GatewayPort} is in use by another program; choose other ports.";
                case System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AddressNotAvailable }:
                    return $"Curate:Silo:AdvertisedAddress {settings.Silo.AdvertisedAddress} or HttpUrl {settings.Silo.HttpUrl}: is no address of this machine.";
                case System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AccessDenied }:
                    return $"Curate:Silo:SiloPort, GatewayPort or HttpUrl: no permission to listen on one of these ports ({cause.Message}).";
                case IOException:
                    // What is inside may say it better.
                    said ??= cause.Message;
                    continue;
                default:
                    continue;
            }
        }

        return said;
    }

    private static async Task<int> RefuseAsync(TextWriter errors, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }
}
