using Curation.Clips;
using Curation.Models.Endpoints;
using Curation.Models.Running;
using Curation.Models.Speech;
using Curation.Models.Speech.Agreement;
using Curation.Models.Speech.Whisper;

namespace Curation.Pipeline.Modelling;

/// <summary>What is said: every speech recogniser that is there listens (<c>asr.whisper</c>, <c>asr.sensevoice</c>, <c>asr.omni</c>), and they agree on one transcript.</summary>
internal sealed class TranscriptStage : IModelStage
{
    /// <summary>Kind of the annotations.</summary>
    public const string Kind = "transcript";

    /// <summary>Method of the agreement.</summary>
    public const string Agreement = "agreement";

    /// <summary>Its version; changes whenever the same transcripts may give another one.</summary>
    public const string AgreementVersion = "1";

    private readonly TranscriptAgreement _agreement = new();

    public IReadOnlyList<(string Slot, string Measurement)> Makes => [];

    public async Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (state.Split == Split.Sound) return state;

        // The most trusted first: at a tie of votes it decides.
        var heard = new List<(Transcript Transcript, ModelInUse Model)>();
        state = await SlotStep.RunAsync(state, "asr.whisper", () => HearAsync(state, heard, HearWhisperAsync(media, models, cancellationToken)));
        state = await SlotStep.RunAsync(state, "asr.sensevoice", () => HearAsync(state, heard, HearSenseVoiceAsync(media, models, cancellationToken)));
        if (state.Omni is { } omni) heard.Add((omni.ToTranscript(media.Span.Duration.TotalSeconds), new ModelInUse(EndpointSlots.AsrOmni, omni.Model, omni.ModelVersion, "")));
        if (heard.Count == 0) return state;

        var agreed = _agreement.Agree([.. heard.Select(one => one.Transcript)], state.Speech, media.Span.Duration.TotalSeconds);
        return state with
        {
            Transcript = agreed.Text.Length == 0 ? null : agreed.Text,
            Language = agreed.Text.Length == 0 ? null : agreed.Language,
            Words = [.. agreed.Words.Select(word => new Word(word.Text, word.Start, word.End, SpeakerAt(state, word)))],
            Annotations =
            [
                .. state.Annotations,
                .. heard.Select(one => new Annotation(Kind, one.Transcript.Text, one.Model.Name, one.Model.Version, null)),
                .. agreed.Hallucinations.Select(sign => new Annotation("transcript_doubt", sign.Reason, sign.Model, sign.Check.ToString(), null)),
                new Annotation("transcript_agreed", agreed.Text, Agreement, AgreementVersion, agreed.Confidence),
            ],
        };
    }

    private static async Task<ClipState> HearAsync(ClipState state, List<(Transcript, ModelInUse)> heard, Task<(Transcript, ModelInUse)?> hearing)
    {
        if (await hearing is { } one) heard.Add(one);
        return state;
    }

    private static async Task<(Transcript, ModelInUse)?> HearWhisperAsync(ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("asr.whisper", cancellationToken) is not { } model) return null;

        var transcriber = await models.Slots.OpenAsync("asr.whisper", OpenWhisper, cancellationToken);
        if (transcriber is null) return null;

        var sound = await media.SoundAsync();
        return (transcriber.Transcribe(sound, new TranscriptionOptions { WordTimestamps = true }, cancellationToken), model);
    }

    private static WhisperTranscriber OpenWhisper(SlotGraphs graphs)
    {
        var tokenizer = graphs.PathOf("tokenizer.json");
        var model = WhisperGraphs.Create(
            graphs.Graph("encoder_model.onnx"), graphs.Graph("decoder_model_merged.onnx"), WhisperConfig.Read(Path.GetDirectoryName(tokenizer)!));
        return new WhisperTranscriber(model, WhisperTokenizer.Load(tokenizer, model.Dimensions.VocabularySize), "whisper");
    }

    private static async Task<(Transcript, ModelInUse)?> HearSenseVoiceAsync(ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("asr.sensevoice", cancellationToken) is not { } model) return null;

        var listener = await models.Slots.OpenAsync("asr.sensevoice", SenseVoiceListener.Open, cancellationToken);
        return listener is null ? null : (listener.Hear(await media.SoundAsync(), cancellationToken), model);
    }

    private static string? SpeakerAt(ClipState state, AgreedWord word)
    {
        var middle = (word.Start + word.End) / 2;
        return state.Speakers.FirstOrDefault(turn => turn.StartSeconds <= middle && middle < turn.EndSeconds)?.Id;
    }
}
