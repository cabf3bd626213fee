using System.Collections.Concurrent;
using System.Diagnostics;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Planning;

/// <summary>Writes down when the stages of the way of a clip were at work in this process, from the spans that they open anyway.</summary>
public sealed class StageWatch : IDisposable
{
    private const string ClipTag = "curation.clip";

    private readonly ConcurrentQueue<(string Stage, string? Clip, bool Failed, WorkSpan Span)> _spans = new();
    private readonly ActivityListener _listener;
    private readonly DateTime _started;

    /// <summary>Watches from now on.</summary>
    /// <param name="time">The clock of the start.</param>
    public StageWatch(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);

        _started = time.GetUtcNow().UtcDateTime;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StageTraces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Forgets what was seen so far, such as the work of a warm-up.</summary>
    public void Clear() => _spans.Clear();

    /// <summary>How long clips were with a stage.</summary>
    /// <param name="stage">A stage of <see cref="StageTraces"/>.</param>
    /// <returns>Seconds by the clip's name in which the stage, its waiting included, was at work on it.</returns>
    public ILookup<string, WorkSpan> OfClips(string stage) => _spans.Where(span => span.Stage == stage && span.Clip is not null).ToLookup(span => span.Clip!, span => span.Span, StringComparer.Ordinal);

    /// <summary>Seconds that a stage took, each piece of work counted by itself.</summary>
    /// <param name="stage">A stage of <see cref="StageTraces"/>.</param>
    /// <returns>0 and above.</returns>
    public double Seconds(string stage) => _spans.Where(span => span.Stage == stage).Sum(span => (span.Span.End - span.Span.Start).TotalSeconds);

    /// <summary>As <see cref="Seconds"/>, of work that failed.</summary>
    /// <param name="stage">A stage of <see cref="StageTraces"/>.</param>
    /// <returns>0 and above.</returns>
    public double FailedSeconds(string stage) => _spans.Where(span => span.Failed && span.Stage == stage).Sum(span => (span.Span.End - span.Span.Start).TotalSeconds);

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Add(Activity span)
    {
        var start = span.StartTimeUtc - _started;
        _spans.Enqueue((span.OperationName, span.GetTagItem(ClipTag) as string, span.Status == ActivityStatusCode.Error, new WorkSpan(start, start + span.Duration)));
    }
}
