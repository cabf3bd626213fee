using System.Globalization;

namespace Curation.Models.Endpoints;

/// <summary>Remembers that a service asked for more time than a request waits: until then nobody asks it. Safe for several threads.</summary>
/// <param name="longestWait">What a request waits for.</param>
/// <param name="time">The clock.</param>
internal sealed class EndpointPause(TimeSpan longestWait, TimeProvider time)
{
    // UTC ticks; 0 where nobody asked for time.
    private long _until;

    /// <summary>Why nothing may be asked now; null where something may.</summary>
    public string? Reason
    {
        get
        {
            var until = Interlocked.Read(ref _until);
            return until <= time.GetUtcNow().UtcTicks
                ? null
                : $"the endpoint asked to be left alone until {new DateTime(until, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
        }
    }

    /// <summary>The wait that an answer asks for.</summary>
    /// <returns>Null where it asks for none.</returns>
    public TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        if (response?.Headers.RetryAfter is not { } header) return null;
        if (header.Delta is { } delta) return delta;

        var wait = header.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Takes the wait of an answer that is a failure to heart, where it is longer than a request waits.</summary>
    public void Look(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode || RetryAfter(response) is not { } wait || wait <= longestWait) return;

        var until = (time.GetUtcNow() + wait).UtcTicks;
        for (var known = Interlocked.Read(ref _until); known < until;)
        {
            var found = Interlocked.CompareExchange(ref _until, until, known);
            if (found == known) return;
            known = found;
        }
    }
}
