using System.Diagnostics.Metrics;

namespace Curation.Pipeline.Telemetry;

/// <summary>What the batches of models are like. Here, because only who makes batches knows them; the meter has the name of all our instruments.</summary>
internal static class BatchMetrics
{
    // Bounds uncalibrated: sizes double up to what fits a device, waits go from none to a model that is far behind.
    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] };
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30] };

    private static readonly Meter Meter = new(StageTraces.Name);
    private static readonly Histogram<int> Size = Meter.CreateHistogram("curation.model.batch.size", null, "Clips in a batch that a model ran, by slot.", advice: Sizes);
    private static readonly Histogram<double> Wait = Meter.CreateHistogram("curation.model.batch.wait", "s", "Time a question waited until its batch ran, by slot.", advice: Waits);

    /// <summary>A batch runs.</summary>
    /// <param name="slot">Which model.</param>
    /// <param name="waits">How long each of its questions has waited.</param>
    public static void Runs(string slot, IReadOnlyCollection<TimeSpan> waits)
    {
        var tag = new KeyValuePair<string, object?>("slot", slot);
        Size.Record(waits.Count, tag);
        foreach (var wait in waits) Wait.Record(wait.TotalSeconds, tag);
    }
}
