using System.Diagnostics;
using System.Diagnostics.Metrics;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Telemetry;

namespace Curation.Grains.Telemetry;

/// <summary>What a silo counts of its work. The names are documented in docs/operations.md and are used by the dashboard.</summary>
/// <remarks>Prometheus shows them with underscores, units and <c>_total</c>: <c>curation_sources_total</c>, <c>curation_source_duration_seconds_bucket</c>.</remarks>
public sealed class CurationMetrics : IDisposable
{
    /// <summary>Name of the meter, and of the source of traces.</summary>
    public const string Name = StageTraces.Name;

    // Bounds of the histograms, uncalibrated: from a cached source to hours of video, and from a cached answer to a slow endpoint.
    private static readonly InstrumentAdvice<double> SourceSeconds = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200] };
    private static readonly InstrumentAdvice<double> WaitSeconds = new() { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800] };
    private static readonly InstrumentAdvice<double> ModelSeconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _sources;
    private readonly UpDownCounter<int> _inFlight;
    private readonly Histogram<double> _sourceSeconds;
    private readonly Counter<long> _clips;
    private readonly Counter<double> _mediaSeconds;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _modelLatency;
    private long _activeRuns;
    private Func<long>? _scratchBytes;
    private Func<long>? _memoryBytes;

    /// <summary>Makes the instruments; nothing is measured until something listens.</summary>
    public CurationMetrics()
    {
        _sources = _meter.CreateCounter<long>("curation.sources", null, "Sources that are through on this silo, by outcome: finished, already_done, failed (quarantined), handed_over (to another silo), cancelled (with its run) or error.");
        _inFlight = _meter.CreateUpDownCounter<int>("curation.sources.in_flight", null, "Sources in work on this silo.");
        _sourceSeconds = _meter.CreateHistogram("curation.source.duration", "s", "Wall time of a source in work, by outcome.", advice: SourceSeconds);
        _clips = _meter.CreateCounter<long>("curation.clips", null, "Clips of the finished sources, by outcome: retained, held or rejected.");
        _mediaSeconds = _meter.CreateCounter<double>("curation.media", "s", "Seconds of media in the sources that were done here.");
        _queueWait = _meter.CreateHistogram("curation.queue.wait", "s", "Time a source waited on this silo for its turn.", advice: WaitSeconds);
        _modelLatency = _meter.CreateHistogram("curation.model.latency", "s", "Time of one question to a model, its wait for a batch included, by slot and outcome.", advice: ModelSeconds);
        _meter.CreateObservableGauge("curation.runs.active", () => Interlocked.Read(ref _activeRuns), null, "Runs of the cluster that have not ended, as last seen from this silo.");
        _meter.CreateObservableGauge("curation.scratch.usage", () => _scratchBytes?.Invoke() ?? 0, "By", "Bytes in this silo's scratch folder.");
        _meter.CreateObservableGauge("curation.memory.reserved", () => _memoryBytes?.Invoke() ?? 0, "By", "Bytes of this silo's memory budget that decoders and encoders at work are expected to take.");
    }

    /// <summary>Where the parts of a source's work are traced; null where nobody listens.</summary>
    public static ActivitySource Traces => StageTraces.Source;

    /// <summary>A source's turn has come.</summary>
    /// <param name="waited">How long it waited.</param>
    public void QueueWaited(TimeSpan waited) => _queueWait.Record(waited.TotalSeconds);

    /// <summary>A source is in work.</summary>
    public void SourceStarted() => _inFlight.Add(1);

    /// <summary>A source's work ended with a summary.</summary>
    /// <param name="summary">Its counts.</param>
    /// <param name="took">Wall time.</param>
    public void SourceEnded(SourceSummary summary, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(summary);

        SourceEnded(OutcomeOf(summary), took);
        if (summary.AlreadyDone) return;

        AddClips("retained", summary.Retained);
        AddClips("held", summary.Held);
        AddClips("rejected", summary.ByFilter.Values.Sum());
        if (double.IsFinite(summary.MediaSeconds)) _mediaSeconds.Add(summary.MediaSeconds);
    }

    /// <summary>What came of a source that has a summary.</summary>
    /// <param name="summary">Its counts.</param>
    /// <returns><c>finished</c>, <c>already_done</c> or <c>failed</c>.</returns>
    public static string OutcomeOf(SourceSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary.Failure is not null ? "failed" : summary.AlreadyDone ? "already_done" : "finished";
    }

    /// <summary>A source's work ended without a summary.</summary>
    /// <param name="outcome"><c>handed_over</c>, <c>cancelled</c> or <c>error</c>.</param>
    /// <param name="took">Wall time.</param>
    public void SourceEnded(string outcome, TimeSpan took)
    {
        _inFlight.Add(-1);
        _sources.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _sourceSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <summary>A model was asked about one clip.</summary>
    /// <param name="slot">Which model.</param>
    /// <param name="took">From the question to the answer.</param>
    /// <param name="answered">False where it failed or was taken back.</param>
    public void ModelAsked(string slot, TimeSpan took, bool answered) => _modelLatency.Record(
        took.TotalSeconds, new KeyValuePair<string, object?>("slot", slot), new KeyValuePair<string, object?>("outcome", answered ? "answered" : "failed"));

    /// <summary>Tells how many runs have not ended.</summary>
    /// <param name="runs">In the whole cluster.</param>
    public void SetActiveRuns(int runs) => Interlocked.Exchange(ref _activeRuns, runs);

    /// <summary>Tells how the bytes of scratch are found; asked at each look.</summary>
    /// <param name="bytes">The answer.</param>
    public void ObserveScratch(Func<long> bytes) => _scratchBytes = bytes;

    /// <summary>Tells how the reserved bytes of memory are found; asked at each look.</summary>
    /// <param name="bytes">The answer.</param>
    public void ObserveMemory(Func<long> bytes) => _memoryBytes = bytes;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private void AddClips(string outcome, int clips)
    {
        if (clips > 0) _clips.Add(clips, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
