using System.Diagnostics;

namespace Curation.Pipeline.Telemetry;

/// <summary>The spans of a source's stages. Each is a child of whatever span is open where it starts: the source's, also on another silo.</summary>
public static class StageTraces
{
    /// <summary>Name of the source of traces.</summary>
    public const string Name = "Curation";

    /// <summary>An object comes into scratch.</summary>
    public const string Fetch = "fetch";

    /// <summary>The one decode, its measurements and the split.</summary>
    public const string Analyse = "analyse";

    /// <summary>What models say of one clip.</summary>
    public const string Models = "models";

    /// <summary>One clip is cut and kept, its wait for a turn and for room included.</summary>
    public const string Cut = "cut";

    /// <summary>A source's rows become its fragment.</summary>
    public const string Commit = "commit";

    /// <summary>A run's fragments become a snapshot.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Where spans start; nobody pays for them while nobody listens.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Does work inside a span, which ends as an error where the work does not end well.</summary>
    /// <param name="stage">The name of the span.</param>
    /// <param name="work">The work.</param>
    /// <param name="clip">The clip that the work is for; null for a whole source or run.</param>
    /// <returns>What the work gave.</returns>
    public static async Task<T> InSpanAsync<T>(string stage, Func<Task<T>> work, string? clip = null)
    {
        ArgumentNullException.ThrowIfNull(work);

        using var span = Source.StartActivity(stage);
        span?.SetStatus(ActivityStatusCode.Error);
        if (clip is not null) span?.SetTag("curation.clip", clip);
        var result = await work();
        span?.SetStatus(ActivityStatusCode.Ok);
        return result;
    }
}
