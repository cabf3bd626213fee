using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Filters.Classification;
using Curation.Models.Contracts;
using Curation.Models.Features;
using Curation.Models.Speakers;
using Curation.Models.Tagging;
using Curation.Models.Voice;

namespace Curation.Pipeline.Modelling;

/// <summary>Which kind of sound it is, by models: speech (<c>vad</c>), singing (<c>tagger</c>), who speaks when (<c>speaker</c>) and who they are (<c>speaker_attributes</c>).</summary>
/// <param name="batches">Runs the voice detector for many clips at once.</param>
internal sealed class VoiceStage(IModelBatches batches) : IModelStage
{
    private const string Speech = "speech_ratio", Singing = "singing_score", Count = "speaker_count";

    private readonly KaldiFbank _speakerFbank = new(KaldiFbankOptions.Speaker);
    private readonly AstFbank _tagFbank = new();

    public IReadOnlyList<(string Slot, string Measurement)> Makes => [("vad", Speech), ("tagger", Singing), ("speaker", Count)];

    public async Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        state = await SlotStep.RunAsync(state, "vad", () => DetectSpeechAsync(state, media, models, cancellationToken));
        state = await SlotStep.RunAsync(state, "tagger", () => TagAsync(state, media, models, cancellationToken));
        state = await SlotStep.RunAsync(state, "speaker", () => DiariseAsync(state, media, models, cancellationToken));
        state = state with { Split = Decide(state) };
        return await SlotStep.RunAsync(state, "speaker_attributes", () => DescribeSpeakersAsync(state, media, models, cancellationToken));
    }

    private async Task<ClipState> DetectSpeechAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("vad", cancellationToken) is not { } model) return state;

        var sound = await media.SoundAsync();
        if (await batches.AskAsync(models.Folder, "vad", sound, cancellationToken) is not { Length: > 0 } probabilities) return state;

        var speech = SpeechSegments.Find(probabilities, sound.Length, new VadOptions());
        var ratio = speech.Sum(segment => segment.EndSeconds - segment.StartSeconds) / ((double)sound.Length / ClipMedia.SampleRate);
        return state.With(Measured(model, Speech, Math.Clamp(ratio, 0, 1))) with { Speech = speech };
    }

    private async Task<ClipState> TagAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("tagger", cancellationToken) is not { } model) return state;

        var tagger = await models.Slots.OpenAsync("tagger", graphs => new AudioTagger(graphs.Only, LabelList.FromConfig(graphs.PathOf("config.json"))), cancellationToken);
        var sound = await media.SoundAsync();
        if (tagger is null || sound.Length < AstFbank.FewestSamples) return state;

        var tags = tagger.Tag(TagWindows(sound), cancellation: cancellationToken);
        return state.With(Measured(model, Singing, Math.Clamp(tags.Singing, 0, 1))) with { Tags = tags.Top };
    }

    // AST hears 10.24 s at a time; the last window ends with the clip, so that none but a short clip's is half empty.
    private float[] TagWindows(float[] sound)
    {
        const int Window = AstFbank.SampleRate * AstFbank.Frames / 100;
        return [.. Enumerable.Range(0, (sound.Length + Window - 1) / Window)
            .Select(index => Math.Max(0, Math.Min(index * Window, sound.Length - Window)))
            .SelectMany(start => _tagFbank.Compute(sound.AsSpan(start, Math.Min(Window, sound.Length - start))).Values)];
    }

    private async Task<ClipState> DiariseAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        // Turns that the signal clustered lie in speech that the signal found; where the detector disagrees there is no count.
        if (await models.FindAsync("speaker", cancellationToken) is not { } model || state.Speech is not { Count: > 0 } speech)
        {
            var counted = state.Value(Count) is not null;
            var agrees = state.Speech is null || counted == state.Speech.Count > 0;
            return agrees ? state : WithoutCount(state);
        }

        var diariser = await models.Slots.OpenAsync("speaker", graphs => new Diariser(new SpeakerEmbedder(graphs.Only)), cancellationToken);
        if (diariser is null) return state;

        var diarisation = diariser.Diarise(_speakerFbank.Compute(await media.SoundAsync()).Values, speech, cancellationToken);
        if (diarisation.SpeakerCount == 0) return state.With(Measurement.Unmeasured(Count, "no stretch of speech is long enough to tell voices", ModelMethods.Method(model.Slot), ModelMethods.Version(model))) with { Speakers = [] };

        return state.With(Measured(model, Count, diarisation.SpeakerCount)) with
        {
            Speakers = [.. diarisation.Turns.Select(turn => new Speaker(turn.Speaker, null, null, null, turn.Start, turn.End))],
        };
    }

    private static ClipState WithoutCount(ClipState state) => state.Speech!.Count == 0
        ? state.With(Measurement.NotApplicable(Count, "no voice was found")) with { Speakers = [] }
        : state.With(Measurement.Unmeasured(Count, "speech was heard by the slot 'vad' only; counting its speakers needs model slot 'speaker'")) with { Speakers = [] };

    private static Split? Decide(ClipState state)
    {
        if (state.Value(Speech) is not { } speech || state.Value(Singing) is not { } singing) return state.Split;

        return KindOfSound.Decide(speech, speech * state.Clip.Span.Duration.TotalSeconds, singing, (int)(state.Value(Count) ?? 0));
    }

    private static async Task<ClipState> DescribeSpeakersAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (state.Split is not (Split.SingleSpeech or Split.MultiSpeech) || state.Speakers.Count == 0) return state;

        var judge = await models.Slots.OpenAsync("speaker_attributes", graphs => new AgeGender(graphs.Only), cancellationToken);
        if (judge is null) return state;

        var sound = await media.SoundAsync();
        var attributes = state.Speakers.GroupBy(turn => turn.Id).ToDictionary(own => own.Key, own => judge.Judge(Joined(sound, own)));
        return state with
        {
            Speakers =
            [
                .. state.Speakers.Select(turn => attributes[turn.Id] is { } known
                    ? turn with { Gender = known.Gender, GenderConfidence = known.GenderConfidence, Age = known.AgeYears }
                    : turn),
            ],
        };
    }

    private static float[] Joined(float[] sound, IEnumerable<Speaker> turns) => [.. turns.SelectMany(turn => sound[At(turn.StartSeconds, sound)..At(turn.EndSeconds, sound)])];

    private static int At(double seconds, float[] sound) => Math.Clamp((int)(seconds * ClipMedia.SampleRate), 0, sound.Length);

    private static Measurement Measured(ModelInUse model, string name, double value) =>
        Measurement.Measured(name, value, ModelMethods.Method(model.Slot), ModelMethods.Version(model));
}
