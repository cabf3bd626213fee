using Curation.Clips;
using Curation.Filters.Scene;
using Curation.Filters.Video;
using Curation.Media;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Scratch;

namespace Curation.Pipeline.Analysis;

/// <summary>The analysis of a source: one decode, its scenes, and the measurements of each.</summary>
/// <param name="stream">The decode.</param>
/// <param name="scratch">Where long time lines go.</param>
/// <param name="memory">What decoders may take.</param>
public sealed class SourceAnalyser(AnalysisStream stream, ScratchSpace scratch, MemoryBudget memory)
{
    /// <summary>Clips that are in memory at once while they are measured, on all cores.</summary>
    private const int MeasuredAtOnce = 8;

    /// <summary>Decodes a source once and measures its scenes.</summary>
    /// <param name="source">What the probe said.</param>
    /// <param name="clipMax">Scenes longer than this are cut into equal parts.</param>
    /// <param name="decoderThreads">Threads of the decoder; 0 lets it choose.</param>
    /// <param name="shots">A model whose changes of shot join those of the signal; null for the signal alone.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="onClip">Receives each scene in order of time, and the still from its middle if there is one.</param>
    /// <param name="cancellationToken">Stops the decode.</param>
    /// <returns>Completes when every scene was received.</returns>
    /// <exception cref="MediaException">The source cannot be decoded.</exception>
    /// <exception cref="StoreUnavailableException">The scratch folder cannot be used.</exception>
    public async Task AnalyseAsync(
        SourceInfo source, TimeSpan clipMax, int decoderThreads, ShotModel? shots, IProgress<double> progress, Func<ClipSignals, byte[]?, Task> onClip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(onClip);

        var options = new AnalysisOptions { DecoderThreads = decoderThreads };
        var bytes = Math.Min(TimelineRoom.Bytes(source, options, shots is not null), scratch.Work.Capacity);
        using var room = await scratch.Work.TakeAsync(bytes, cancellationToken);
        using var held = await memory.HoldAsync(MediaMemory.OfAnalysis(source.Video, decoderThreads), cancellationToken);
        var folder = scratch.Prepare();
        using var recorder = new SignalRecorder(folder, new ShareOfDuration(source, progress));
        using var watch = shots?.Watch(recorder, folder);
        var summary = await stream.RunAsync(source, watch as IAnalysisSink ?? recorder, options, cancellationToken);
        if (summary.EndedEarly is { } reason) throw new MediaException(MediaStage.Analyse, reason);

        // A decoder hides what it could not read behind made-up pictures; a clip with those must not train anybody.
        if (summary.DecodeErrors > 0)
        {
            throw new MediaException(MediaStage.Analyse, $"the decoder reported {summary.DecodeErrors} errors, the first: {summary.FirstDecodeError}");
        }

        var cuts = recorder.Complete();
        if (watch is not null) cuts = watch.Join(cuts, recorder.PictureTimes, cancellationToken);
        var end = EndOfLastPicture(source, recorder.PictureTimes);
        var spans = ScenePlan.Split(cuts, summary.FirstPicture, end, recorder.PictureTimes.ToArray(), clipMax);
        var measurer = new ClipMeasurer(recorder, Overlay(recorder), summary.Channels, Math.Min(source.Video.Width, source.Video.Height));
        foreach (var some in spans.Chunk(MeasuredAtOnce))
        {
            foreach (var (clip, still) in MeasureAll(measurer, recorder.Stills, some, cancellationToken)) await onClip(clip with { ShotFailure = watch?.Failure }, still);
        }
    }

    private static (ClipSignals Clip, byte[]? Still)[] MeasureAll(ClipMeasurer measurer, StillStore stills, ClipSpan[] spans, CancellationToken cancellationToken)
    {
        var measured = new (ClipSignals Clip, byte[]? Still)[spans.Length];
        Parallel.For(0, spans.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var span = spans[i];
            measured[i] = (measurer.Measure(span), stills.Find(span.Start, span.End, span.Start + (span.Duration / 2)));
        });
        return measured;
    }

    private static SourceOverlay Overlay(SignalRecorder recorder)
    {
        const int AtOnce = 64;
        var overlay = new SourceOverlay();
        for (var first = 0; first < recorder.Samples.Count; first += AtOnce)
        {
            foreach (ref readonly var sample in recorder.Samples.Read(first, AtOnce).AsSpan()) overlay.Add(sample);
        }

        return overlay;
    }

    // The last picture lasts as long as the one before it; a source with one picture lasts one frame of its nominal rate.
    private static TimeSpan EndOfLastPicture(SourceInfo source, List<TimeSpan> times)
    {
        var rate = (source.Video.AverageRate ?? source.Video.NominalRate)?.Value ?? 25;
        var last = times.Count > 1 ? times[^1] - times[^2] : TimeSpan.FromSeconds(1 / rate);
        return times[^1] + last;
    }

    private sealed class ShareOfDuration(SourceInfo source, IProgress<double> progress) : IProgress<TimeSpan>
    {
        public void Report(TimeSpan value)
        {
            if (source.Duration is { } duration && duration > TimeSpan.Zero) progress.Report((value - source.StartTime) / duration);
        }
    }
}
