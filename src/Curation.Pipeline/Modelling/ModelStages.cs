using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Media.Reading;
using Curation.Models.Running;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Modelling;

/// <summary>What models say of a clip, in order of cost, stopping at the first rejection; media are opened only for clips that the signal did not reject.</summary>
/// <param name="sets">The runs' models.</param>
/// <param name="batches">Models that many clips share.</param>
/// <param name="reader">Reads sound and pictures.</param>
public sealed class ModelStages(ModelSets sets, IModelBatches batches, ClipReader reader)
{
    private const string Late = "the clip was rejected before the model was asked";

    private static readonly string[] KindNames = ["speech_ratio", "singing_score", "speaker_count"];

    private readonly IModelStage[] _stages =
        [new VoiceStage(batches), new QualityStage(batches), new PictureStage(), new SyncStage(), new SemanticStage(), new TranscriptStage(), new CaptionStage()];

    /// <summary>Runs the stages.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The source.</param>
    /// <param name="clip">The clip, as the signal measured it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Everything known of the clip; every measurement that a model would make is there, at least with the reason why it has no value.</returns>
    public async Task<ClipState> RunAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clip);

        var state = new ClipState(clip);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sets.Of(plan) is { } models)
        {
            state = await RunAsync(plan, state, models, new ClipMedia(reader, source.Info, clip.Span, cancellationToken), reasons, cancellationToken);
            foreach (var slot in await models.Slots.StatesAsync(cancellationToken)) if (slot.Reason is { } reason) reasons.TryAdd(slot.Slot, reason);
        }

        return state.With([.. SlotMeasurements.Missing(state.Split, state.Measurements, slot => reasons.GetValueOrDefault(slot))]);
    }

    private async Task<ClipState> RunAsync(RunPlan plan, ClipState state, ModelSet models, ClipMedia media, Dictionary<string, string> reasons, CancellationToken cancellationToken)
    {
        var present = new HashSet<string>(models.InUse.Select(model => model.Slot), StringComparer.Ordinal);
        var coming = _stages.SelectMany(stage => stage.Makes).Where(made => present.Contains(made.Slot)).Select(made => made.Measurement).ToHashSet(StringComparer.Ordinal);
        foreach (var stage in _stages)
        {
            if (IsRejected(plan.Policy, state, coming))
            {
                foreach (var (slot, _) in _stages.SelectMany(later => later.Makes).Where(made => present.Contains(made.Slot))) reasons.TryAdd(slot, Late);
                return state;
            }

            try
            {
                state = await stage.RunAsync(state, media, models, cancellationToken);
            }
            catch (Exception fault) when (ModelFault.ReasonOf(fault) is { } reason)
            {
                // A model that fails on a clip leaves what it would have said unmeasured, and never stops the run.
                foreach (var (slot, _) in stage.Makes.Where(made => present.Contains(made.Slot))) reasons[slot] = $"model slot '{slot}' failed: {reason}";
            }

            coming.ExceptWith(stage.Makes.Select(made => made.Measurement));
        }

        return state;
    }

    // What is still to be measured cannot reject yet, nor can limits for one kind of sound while the kind is still to be told.
    private static bool IsRejected(Policy policy, ClipState state, HashSet<string> coming)
    {
        var kindOpen = coming.Overlaps(KindNames);
        var known = policy with
        {
            Limits =
            [
                .. policy.Limits.Where(limit =>
                    !coming.Contains(limit.Name) && (limit.For.Count == 0 || !kindOpen) && state.Measurements.Any(measurement => measurement.Name == limit.Name)),
            ],
        };
        return PolicyJudge.Judge(known, state.Clip.Span, state.Split, state.Measurements).Outcome == ClipOutcome.Rejected;
    }
}
