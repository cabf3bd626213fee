using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Cutting;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Captions;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Storage;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Runs;

/// <summary>Takes one measured scene to its row: verdicts, captions, the cut and its alignment.</summary>
/// <param name="cutter">Cuts survivors.</param>
/// <param name="gate">Bounds how many cuts run at once.</param>
/// <param name="models">What models say of survivors.</param>
/// <param name="captions">Makes one caption of what everybody said.</param>
/// <param name="stores">The data sets.</param>
/// <param name="scratch">Where clips are cut that are uploaded.</param>
/// <param name="memory">What decoders and encoders may take.</param>
public sealed class ClipFinisher(ClipCutter cutter, CutGate gate, ModelStages models, ClipCaptions captions, DatasetStores stores, ScratchSpace scratch, MemoryBudget memory)
{
    // A fixed number of threads, because the encoder's output depends on it: the same clip has the same bytes on every machine.
    private static readonly CutOptions Options = new() { Threads = 2, TemporaryName = TemporaryNames.Next };

    // One bit a pixel of H.264 at the cutter's quality, and two channels of FLAC: above what noise takes. Uncalibrated.
    private const long PixelsPerByte = 8;
    private const long SoundBytesPerSecond = 192_000;

    private const string Skew = "container_skew_s";
    internal const string SkewMethod = "ffprobe-first-pts";
    internal const string SkewVersion = "1";

    /// <summary>Finishes a clip.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">Its source.</param>
    /// <param name="clip">What was measured of it.</param>
    /// <param name="cancellationToken">Stops the cut.</param>
    /// <returns>The row.</returns>
    /// <exception cref="MediaException">The clip cannot be cut.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public async Task<ClipRecord> FinishAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clip);

        var state = await StageTraces.InSpanAsync(StageTraces.Models, () => models.RunAsync(plan, source, clip, cancellationToken), clip.Id.ToString());
        var beforeCut = plan.Policy with { Limits = [.. plan.Policy.Limits.Where(limit => limit.Name != Skew)] };
        var judgement = PolicyJudge.Judge(beforeCut, clip.Span, state.Split, state.Measurements);
        var row = Row(plan, source, state);
        if (judgement.Outcome == ClipOutcome.Rejected)
        {
            return Judged(row, judgement, [.. state.Measurements, Measurement.Unmeasured(Skew, "the clip was rejected before it was cut")]);
        }

        row = await captions.AddAsync(row, plan, state, cancellationToken);
        if (judgement.Outcome == ClipOutcome.Held)
        {
            return Judged(row, judgement, [.. state.Measurements, Measurement.Unmeasured(Skew, "the clip is held and was not cut")]);
        }

        return await StageTraces.InSpanAsync(StageTraces.Cut, () => CutAndKeepAsync(plan, source, clip, state, row, cancellationToken), clip.Id.ToString());
    }

    /// <summary>Finishes a clip that an earlier run measured and did not want: what was measured and said of it stays, and it is captioned and cut.</summary>
    /// <param name="plan">The run, with the policy that wants it.</param>
    /// <param name="source">Its source.</param>
    /// <param name="clip">What the analysis said of it.</param>
    /// <param name="row">Its row.</param>
    /// <param name="cancellationToken">Stops the cut.</param>
    /// <returns>The row.</returns>
    /// <exception cref="MediaException">The clip cannot be cut.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public async Task<ClipRecord> FinishStoredAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, ClipRecord row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(row);

        var state = ClipState.Of(clip) with
        {
            Split = row.Split,
            Measurements = [.. row.Measurements.Where(measurement => measurement.Name != Skew)],
            Speakers = row.Speakers,
            Transcript = row.Transcript,
            Language = row.Language,
            Words = row.Words,
        };
        if (row.Caption is null) row = await captions.AddAsync(row, plan, state, cancellationToken);
        return await CutAndKeepAsync(plan, source, clip, state, row with { PolicySha256 = plan.Policy.Sha256 }, cancellationToken);
    }

    private async Task<ClipRecord> CutAndKeepAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, ClipState state, ClipRecord row, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        using var place = await ClipPlace.OpenAsync(stores.Of(plan.Output), ClipPaths.Media(clip.Id), scratch, MostBytes(row, clip), cancellationToken);
        var cut = await CutAsync(source, clip, place.Path, cancellationToken);
        Measurement[] measurements = [.. state.Measurements, Measurement.Measured(Skew, cut.ContainerSkew.Worst.TotalSeconds, SkewMethod, SkewVersion)];
        var judgement = PolicyJudge.Judge(plan.Policy, clip.Span, state.Split, measurements);
        if (judgement.Outcome != ClipOutcome.Retained)
        {
            place.Discard();
            return Judged(row, judgement, measurements);
        }

        // The next cut need not wait for an upload.
        turn.Dispose();
        await place.KeepAsync(cancellationToken);

        // What nobody could call a voice is sound; the measurements say why it could not be told.
        return Judged(row, judgement, measurements) with
        {
            Split = state.Split ?? Split.Sound,
            Width = cut.Width,
            Height = cut.Height,
            FramesPerSecond = cut.FrameRate.Value,
            MediaPath = ClipPaths.Media(clip.Id),
            MediaSha256 = cut.Sha256,
        };
    }

    private async Task<CutClip> CutAsync(AnalysedSource source, MeasuredClip clip, string path, CancellationToken cancellationToken)
    {
        using var held = await memory.HoldAsync(MediaMemory.OfCut(source.Info.Video, Options.Threads), cancellationToken);
        try
        {
            return await CutOnceAsync(source, clip, path, cancellationToken);
        }
        catch (MediaException fault) when (fault.Stage == MediaStage.Write && !PlaceTrouble.IsOfCut(fault, Path.GetDirectoryName(path)!))
        {
            // The disk may have been full while the encoder wrote, and have room again now. Only what cannot be read back twice is the source's fault.
            return await CutOnceAsync(source, clip, path, cancellationToken);
        }
    }

    private async Task<CutClip> CutOnceAsync(AnalysedSource source, MeasuredClip clip, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await cutter.CutAsync(source.Info, clip.Span, path, Options with { FrameTimes = clip.PictureTimes.Count > 0 ? clip.PictureTimes : null }, cancellationToken);
        }
        catch (MediaException fault) when (PlaceTrouble.IsOfCut(fault, Path.GetDirectoryName(path)!))
        {
            throw new StoreUnavailableException($"{path} was not written: {fault.Reason}", fault);
        }
    }

    private static long MostBytes(ClipRecord row, MeasuredClip clip)
    {
        var seconds = clip.Span.Duration.TotalSeconds;
        var pictures = Math.Max(clip.PictureTimes.Count, seconds * row.FramesPerSecond);
        return (long)(row.Width * (double)row.Height * pictures / PixelsPerByte) + (long)(seconds * SoundBytesPerSecond);
    }

    private static ClipRecord Row(RunPlan plan, AnalysedSource source, ClipState state) => new()
    {
        Id = state.Clip.Id,
        SourceUri = source.Item.Uri,
        SourceSha256 = source.Sha256,
        Span = state.Clip.Span,
        Width = source.Info.Video.Width,
        Height = source.Info.Video.Height,
        FramesPerSecond = (source.Info.Video.AverageRate ?? source.Info.Video.NominalRate)?.Value ?? 0,
        Split = state.Split,
        Speakers = state.Speakers,
        PosterPath = state.Clip.PosterPath,
        PictureSignature = state.Clip.PictureSignature,
        SoundSignature = state.Clip.SoundSignature,
        Pending = state.Pending.Count == 0 ? null : string.Join("; ", state.Pending),
        Outcome = ClipOutcome.Rejected,
        PolicySha256 = plan.Policy.Sha256,
        PipelineVersion = PipelineVersion.Current,
        Licence = source.Item.Licence,
        Rights = source.Item.Rights,
    };

    private static ClipRecord Judged(ClipRecord row, Judgement judgement, IReadOnlyList<Measurement> measurements) => row with
    {
        Outcome = judgement.Outcome,
        Verdicts = judgement.Verdicts,
        RejectedBy = judgement.RejectedBy,
        Reason = judgement.Reason,

        // A clip that is out waits for nothing.
        Pending = judgement.Outcome == ClipOutcome.Rejected ? null : row.Pending,
        Measurements = measurements,
    };
}
