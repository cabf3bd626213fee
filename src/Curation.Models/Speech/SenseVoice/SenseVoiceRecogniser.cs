using System.Globalization;
using System.Numerics.Tensors;
using Curation.Models.Contracts;
using Curation.Models.Features;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>Slot <c>asr.sensevoice</c>: SenseVoiceSmall, as sherpa-onnx or FunASR export it.</summary>
public sealed class SenseVoiceRecogniser
{
    /// <summary>Values in a frame: 7 stacked frames of 80 mel bins.</summary>
    public const int Width = 560;

    /// <summary>From one frame to the next: 6 frames of 10 ms.</summary>
    public const double FrameSeconds = 0.06;

    private const string Slot = "asr.sensevoice";
    private const string NoSpeech = "<|nospeech|>";

    private static readonly HashSet<string> Emotions = new(StringComparer.Ordinal) { "HAPPY", "SAD", "ANGRY", "NEUTRAL", "FEARFUL", "DISGUSTED", "SURPRISED" };

    /// <summary>Tags that say nothing about the sound.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal) { "EMO_UNKNOWN", "Event_UNK", "withitn", "woitn", "nospeech" };

    private readonly OnnxGraph _graph;
    private readonly SenseVoiceTokens _tokens;
    private readonly string _model;
    private readonly SenseVoicePrompt _prompt;
    private readonly GraphPort _speech;
    private readonly GraphPort _lengths;
    private readonly GraphPort _language;
    private readonly GraphPort _textNormalisation;
    private readonly GraphPort _logits;

    /// <summary>Checks that the graph and the vocabulary fit.</summary>
    /// <param name="graph">Inputs <c>x, x_length, language, text_norm</c> (sherpa-onnx) or <c>speech, speech_lengths, language, textnorm</c> (FunASR); output [N, T+4, vocabulary].</param>
    /// <param name="tokens">The vocabulary beside the graph.</param>
    /// <param name="model">Name and version for the transcript.</param>
    /// <exception cref="ModelUnavailableException">The graph or the vocabulary does not fit.</exception>
    public SenseVoiceRecogniser(OnnxGraph graph, SenseVoiceTokens tokens, string model = "SenseVoiceSmall")
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(tokens);
        var contract = new PortFinder(graph, Slot);
        (_graph, _tokens, _model) = (graph, tokens, model);
        _speech = contract.Input(["x", "speech"], [PortFinder.Any, PortFinder.Any, Width], TensorElementType.Float, TensorElementType.Float16);
        _lengths = contract.Input(["x_length", "speech_lengths"], [PortFinder.Any], TensorElementType.Int32, TensorElementType.Int64);
        _language = contract.Input(["language"], [PortFinder.Any], TensorElementType.Int32, TensorElementType.Int64);
        _textNormalisation = contract.Input(["text_norm", "textnorm"], [PortFinder.Any], TensorElementType.Int32, TensorElementType.Int64);
        _logits = contract.Output(["logits", "ctc_logits"], [PortFinder.Any, PortFinder.Any, PortFinder.Any]);
        _prompt = new SenseVoicePrompt(graph.Metadata);
        if (_logits.Size(2, tokens.Count) != tokens.Count) throw new ModelUnavailableException($"slot {Slot}: {graph.Path} has {_logits.Shape[2]} tokens, its vocabulary {tokens.Count}; the two files do not belong together");
    }

    /// <summary>Shift and scale of the features, which a sherpa-onnx export carries with it so that it needs no <c>am.mvn</c>.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>For the front-end; null where the export does not state them: read <c>am.mvn</c> then.</returns>
    /// <exception cref="ModelUnavailableException">They are stated, but are no 560 numbers each.</exception>
    public static KaldiCmvn? Normalisation(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!graph.Metadata.TryGetValue("neg_mean", out var shift) || !graph.Metadata.TryGetValue("inv_stddev", out var scale)) return null;

        return new KaldiCmvn(Numbers(graph, "neg_mean", shift), Numbers(graph, "inv_stddev", scale));
    }

    /// <summary>Transcribes.</summary>
    /// <param name="features">[T,560] of the SenseVoice front-end.</param>
    /// <param name="options">What is wanted; null for the defaults.</param>
    /// <param name="cancellation">Stops between stretches of 30 s.</param>
    /// <returns>Words and tags.</returns>
    public SenseVoiceResult Recognise(ReadOnlySpan<float> features, SenseVoiceOptions? options = null, CancellationToken cancellation = default)
    {
        if (features.Length % Width != 0) throw new ArgumentException($"{features.Length} values are not a whole number of frames of {Width}.", nameof(features));

        options ??= new SenseVoiceOptions();
        var language = _prompt.Language(options.Language);
        var textNormalisation = _prompt.TextNormalisation(options.InverseTextNormalisation);
        var segments = new List<TranscriptSegment>();
        var tags = new List<SenseVoiceTags>();
        foreach (var (first, end) in SenseVoiceWindows.Cut(features, Width))
        {
            cancellation.ThrowIfCancellationRequested();
            var frames = end - first;
            using var run = new TensorRun();
            var logits = run
                .Add(_speech, features[(first * Width)..(end * Width)].ToArray(), 1, frames, Width)
                .Add(_lengths, [frames]).Add(_language, [language]).Add(_textNormalisation, [textNormalisation])
                .Run(_graph, _logits)[0];
            if (logits.Values.Length != (frames + SenseVoicePrompt.Queries) * _tokens.Count)
            {
                throw new InvalidDataException($"{_graph.Path} gave [{string.Join(", ", logits.Shape)}] for {frames} frames and {_tokens.Count} tokens");
            }

            Read(logits.Values, first, end, segments, tags);
        }

        var longest = tags.Where(tag => tag.Language is not null).MaxBy(tag => tag.End - tag.Start);
        return new SenseVoiceResult(new Transcript(_model, longest?.Language, options.Language is null ? longest?.LanguageProbability : null, segments), tags);
    }

    private void Read(ReadOnlySpan<float> logits, int first, int end, List<TranscriptSegment> segments, List<SenseVoiceTags> tags)
    {
        var head = SenseVoicePrompt.Queries * _tokens.Count;
        var spoken = CtcGreedy.Collapse(logits[head..], _tokens.Count).Select(token => (token, piece: _tokens[token.Id])).Where(item => item.piece is not ("<unk>" or "<s>" or "</s>")).ToList();
        var (start, stop) = (first * FrameSeconds, end * FrameSeconds);
        tags.Add(Tags(logits[..head], spoken.Select(item => item.piece), start, stop));

        var pieces = spoken.Where(item => TagName(item.piece) is null).ToList();
        if (pieces.Count == 0) return;

        var words = PieceJoiner.Words(pieces.Select(item => new TimedPiece(item.piece, start + (item.token.First * FrameSeconds), start + ((item.token.Last + 1) * FrameSeconds), Math.Exp(item.token.LogProbability))));
        segments.Add(new TranscriptSegment(string.Concat(words.Select(word => word.Text)), words[0].Start, words[^1].End)
        {
            Words = words,
            AverageLogProbability = pieces.Average(item => item.token.LogProbability),
            NoSpeechProbability = Probability(logits[.._tokens.Count], NoSpeech),
        });
    }

    /// <remarks>The first four frames answer the queries in their order: language, emotion, event, text normalisation; more events may stand between the words.</remarks>
    private SenseVoiceTags Tags(ReadOnlySpan<float> head, IEnumerable<string> spoken, double start, double end)
    {
        var scratch = new float[_tokens.Count];
        var answers = new (string? Name, double Probability)[SenseVoicePrompt.Queries];
        for (var query = 0; query < answers.Length; query++)
        {
            var (id, probability) = CtcGreedy.Best(head.Slice(query * _tokens.Count, _tokens.Count), scratch);
            answers[query] = (TagName(_tokens[id]), Math.Exp(probability));
        }

        var language = answers[0].Name is { } name && IsLanguage(name) ? name : null;
        var emotion = answers.FirstOrDefault(answer => answer.Name is { } tag && Emotions.Contains(tag));
        var events = answers.Skip(1).Select(answer => answer.Name).Concat(spoken.Select(TagName))
            .OfType<string>().Where(tag => !Silent.Contains(tag) && !Emotions.Contains(tag) && !IsLanguage(tag)).Distinct();
        return new SenseVoiceTags(start, end, language, answers[0].Probability, emotion.Name?.ToLowerInvariant(), emotion.Name is null ? null : emotion.Probability, [.. events]);
    }

    private double? Probability(ReadOnlySpan<float> frame, string piece)
    {
        if (_tokens.IdOf(piece) is not { } id) return null;

        var scratch = new float[frame.Length];
        return Math.Exp(frame[id] - CtcGreedy.LogSum(frame, TensorPrimitives.Max(frame), scratch));
    }

    private static float[] Numbers(OnnxGraph graph, string key, string text)
    {
        var numbers = text.Split(',').Select(word => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN).ToArray();
        if (numbers.Length != Width || !Array.TrueForAll(numbers, float.IsFinite)) throw new ModelUnavailableException($"slot {Slot}: {graph.Path} states {key}, but not as {Width} numbers");

        return numbers;
    }

    private static bool IsLanguage(string tag) => tag.Length is 2 or 3 && tag.All(char.IsAsciiLetterLower);

    private static string? TagName(string piece) => piece.StartsWith("<|", StringComparison.Ordinal) && piece.EndsWith("|>", StringComparison.Ordinal) ? piece[2..^2] : null;
}
