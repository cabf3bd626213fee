using Microsoft.Extensions.Logging;

namespace Curation.Dashboard.Security;

/// <summary>One line for every change that somebody makes over the dashboard, and for every login. Event ids 420 to 429.</summary>
/// <param name="logger">Where the lines go.</param>
public sealed partial class AuditLog(ILogger<AuditLog> logger)
{
    // What people and programs send must not be able to write lines of its own.
    private const int LongestValue = 300;

    /// <summary>Something was changed.</summary>
    /// <param name="actor">By whom.</param>
    /// <param name="action">What, such as <c>run.start</c>.</param>
    /// <param name="target">On what, such as a run's id.</param>
    public void Changed(Actor actor, string action, string target)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (who, from, on) = (Clean(actor.Name), Clean(actor.Address), Clean(target));
        LogChanged(who, from, action, on);
    }

    /// <summary>Something was asked for and refused.</summary>
    /// <param name="actor">By whom.</param>
    /// <param name="action">What.</param>
    /// <param name="target">On what.</param>
    /// <param name="reason">Why not.</param>
    public void Refused(Actor actor, string action, string target, string reason)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (who, from, on, why) = (Clean(actor.Name), Clean(actor.Address), Clean(target), Clean(reason));
        LogRefused(who, from, action, on, why);
    }

    private static string Clean(string? text)
    {
        text ??= "";
        if (text.Length > LongestValue) text = string.Concat(text.AsSpan(0, LongestValue), "…");
        return string.Create(text.Length, text, (span, from) =>
        {
            for (var index = 0; index < span.Length; index++) span[index] = char.IsControl(from[index]) ? ' ' : from[index];
        });
    }

    [LoggerMessage(EventId = 420, Level = LogLevel.Information, Message = "Audit: {Actor} from {Address} did {Action} on {Target}")]
    private partial void LogChanged(string actor, string address, string action, string target);

    [LoggerMessage(EventId = 421, Level = LogLevel.Warning, Message = "Audit: {Actor} from {Address} was refused {Action} on {Target}: {Reason}")]
    private partial void LogRefused(string actor, string address, string action, string target, string reason);
}
