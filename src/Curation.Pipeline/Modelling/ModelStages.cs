using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Media.Reading;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Modelling;

/// <summary>What models say of a clip, in order of cost, stopping at the first rejection; media are opened only for clips that the signal did not reject.</summary>
/// <param name="sets">The runs' models.</param>
/// <param name="batches">Models that many clips share.</param>
/// <param name="reader">Reads sound and pictures.</param>
/// <param name="memory">What their decoders may take.</param>
public sealed class ModelStages(ModelSets sets, IModelBatches batches, ClipReader reader, MemoryBudget memory) : IDisposable
{
    private const string Late = "the clip was rejected before the model was asked";

    private static readonly string[] KindNames = ["speech_ratio", "singing_score", "speaker_count"];

    // A stage holds the pictures and sound of its clip: as many at once as there are cores, and memory stays theirs.
    private readonly SemaphoreSlim _places = new(Math.Max(2, Environment.ProcessorCount));

    private readonly IModelStage[] _stages =
        [new VoiceStage(batches), new QualityStage(batches), new PictureStage(), new SyncStage(), new SemanticStage(),
            new RemoteStage(EndpointAnswers.TranscribeAsync), new TranscriptStage(), new CaptionStage(), new RemoteStage(EndpointAnswers.CaptionAsync)];

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

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

        var state = ClipState.Of(clip);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sets.Of(plan) is { } models)
        {
            state = await RunAsync(plan, state, models, new ClipMedia(reader, memory, source.Info, clip.Span, cancellationToken), reasons, cancellationToken);
            foreach (var (slot, reason) in state.Failures) reasons[slot] = reason;
            foreach (var slot in await models.Slots.StatesAsync(cancellationToken)) if (slot.Reason is { } reason) reasons.TryAdd(slot.Slot, reason);
            foreach (var model in models.InUse) reasons.TryAdd(model.Slot, $"model slot '{model.Slot}' had no answer for this clip");

            // A slot that measures nothing leaves its failure among the annotations.
            state = state with { Annotations = [.. state.Annotations, .. state.Failures.Select(failure => new Annotation(EndpointAnswers.NoAnswer, failure.Reason, failure.Slot, "", null))] };
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

            state = await RunStageAsync(stage, state, media, models, cancellationToken);
            coming.ExceptWith(stage.Makes.Select(made => made.Measurement));
        }

        return state;
    }

    private async Task<ClipState> RunStageAsync(IModelStage stage, ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (!stage.IsLocal) return await stage.RunAsync(state, media, models, cancellationToken);

        await _places.WaitAsync(cancellationToken);
        try
        {
            return await stage.RunAsync(state, media, models, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
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
