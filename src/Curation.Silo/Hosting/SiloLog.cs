using System.Net;
using Microsoft.Extensions.Logging;

namespace Curation.Silo.Hosting;

/// <summary>What a silo says of itself. Event ids 400 to 419.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Silo of cluster {ClusterId} is up at {Address}:{SiloPort}, gateway {GatewayPort}, roles {Roles}, health at {HttpUrl}")]
    public static partial void Started(ILogger logger, string clusterId, IPAddress address, int siloPort, int gatewayPort, IReadOnlyList<string> roles, Uri httpUrl);

    [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "Draining: {Sources} sources in work may go on for {Seconds} s, no new ones are taken")]
    public static partial void Draining(ILogger logger, int sources, double seconds);

    [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "{Sources} sources did not end in time; they are handed over to other silos")]
    public static partial void HandingOver(ILogger logger, int sources);

    [LoggerMessage(EventId = 403, Level = LogLevel.Information, Message = "Stopped")]
    public static partial void Stopped(ILogger logger);
}
