using Curation.Models.Checkpoints;
using Curation.Models.Features;
using Curation.Models.Graphs;
using Curation.Models.Running;
using Curation.Models.Speech.SenseVoice;
using Curation.Models.Tests.Contracts;
using Curation.Tests;

namespace Curation.Models.Tests.Speech.SenseVoice;

/// <summary>The graph of these tests is built as the published one is: four queries from an embedding before the sound, and one row of logits for each.</summary>
public sealed class SenseVoiceRecogniserTests
{
    private static readonly string[] Pieces =
    [
        "<unk>", "▁hello", "▁wor", "ld", "你", "好", "<|en|>", "<|zh|>", "<|HAPPY|>", "<|Speech|>", "<|withitn|>", "<|woitn|>", "<|nospeech|>", "<|Laughter|>", "<|EMO_UNKNOWN|>", "<|ja|>",
    ];

    private static readonly SenseVoiceTokens Tokens = new(Pieces);

    [Theory]
    [InlineData("x", "x_length", "text_norm", "logits")]
    [InlineData("speech", "speech_lengths", "textnorm", "ctc_logits")]
    public void Both_published_exports_give_words_with_times(string speech, string lengths, string textNormalisation, string logits)
    {
        using var tiny = Model(speech, lengths, textNormalisation, logits);

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens, "tiny").Recognise(Sound(20, (2, 1), (3, 1), (8, 2), (10, 3)), cancellation: TestContext.Current.CancellationToken);

        // Frame 2 is the third one: 0.12 s; the four queries before the sound take no time.
        Assert.Equal("hello world", result.Transcript.Text);
        Assert.Equal("tiny", result.Transcript.Model);
        Assert.Equal([(" hello", 0.12, 0.24), (" world", 0.48, 0.66)], result.Transcript.Words.Select(word => (word.Text, Math.Round(word.Start, 6), Math.Round(word.End, 6))));
        Assert.All(result.Transcript.Words, word => Assert.InRange(word.Probability!.Value, 0.999, 1));
    }

    [Fact]
    public void The_first_four_frames_are_tags()
    {
        using var tiny = Model();

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(10, (1, 4), (2, 5)), cancellation: TestContext.Current.CancellationToken);

        // Query 0 ("auto") answers zh in this graph, and its embedding makes the odds 3 to 1 against ja.
        Assert.Equal("你好", result.Transcript.Text);
        Assert.Equal("zh", result.Transcript.Language);
        Assert.Equal(0.75, result.Transcript.LanguageProbability!.Value, 1e-3);
        var tags = Assert.Single(result.Tags);
        Assert.Equal("happy", tags.Emotion);
        Assert.Equal(["Speech"], tags.Events);
        Assert.Equal((0, 0.6), (tags.Start, Math.Round(tags.End, 6)));
    }

    [Fact]
    public void A_language_that_is_asked_for_has_no_probability()
    {
        using var tiny = Model();

        var transcript = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(5, (1, 1)), new SenseVoiceOptions("en"), TestContext.Current.CancellationToken).Transcript;

        Assert.Equal("en", transcript.Language);
        Assert.Null(transcript.LanguageProbability);
    }

    [Fact]
    public void Ids_in_the_metadata_win_over_the_published_ones()
    {
        using var tiny = Model(metadata: ("lang_auto", "4"));

        Assert.Equal("en", new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(5, (1, 1)), cancellation: TestContext.Current.CancellationToken).Transcript.Language);
    }

    [Fact]
    public void Normalisation_that_sherpa_writes_into_the_graph_is_read()
    {
        var numbers = Enumerable.Range(0, SenseVoiceRecogniser.Width).ToArray();
        using var tiny = Model(metadata: [("neg_mean", string.Join(',', numbers.Select(number => $"-{number}.5"))), ("inv_stddev", string.Join(',', numbers.Select(number => $"0.{number}")))]);

        var normalisation = SenseVoiceRecogniser.Normalisation(tiny.Graph)!;

        Assert.Equal(-559.5f, normalisation.Shift[559]);
        Assert.Equal(0.12f, normalisation.Scale[12]);
        Assert.Equal(SenseVoiceFrontend.Columns, normalisation.Shift.Count);
    }

    [Fact]
    public void A_graph_without_normalisation_leaves_it_to_the_file()
    {
        using var tiny = Model();
        Assert.Null(SenseVoiceRecogniser.Normalisation(tiny.Graph));

        using var broken = Model(metadata: [("neg_mean", "1,2"), ("inv_stddev", "1,2")]);
        Assert.Contains("neg_mean", Assert.Throws<ModelUnavailableException>(() => SenseVoiceRecogniser.Normalisation(broken.Graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_the_front_end_fit_the_recogniser()
    {
        using var tiny = Model();
        var cmvn = KaldiCmvn.Parse(File.ReadAllText(RealClips.Require("parity/sensevoice-frontend/am.mvn")));
        var sound = new float[SenseVoiceFrontend.SampleRate * 45];
        for (var i = 0; i < sound.Length; i++) sound[i] = 0.1f * MathF.Sin(i * 0.05f * (1 + (i / 16000 % 3)));

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(new SenseVoiceFrontend(cmvn).Compute(sound).Values, cancellation: TestContext.Current.CancellationToken);

        // 4498 frames of 10 ms are 750 rows of 60 ms.
        Assert.Equal(2, result.Tags.Count);
        Assert.Equal(45, result.Tags[^1].End, 1e-9);
    }

    [Fact]
    public void Sound_without_speech_has_no_language_and_no_words()
    {
        using var tiny = Model();

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(5), new SenseVoiceOptions("nospeech"), TestContext.Current.CancellationToken);

        Assert.Null(result.Transcript.Language);
        Assert.Empty(result.Transcript.Segments);
        Assert.Null(Assert.Single(result.Tags).Language);
    }

    [Fact]
    public void Tags_between_words_are_events_not_words()
    {
        using var tiny = Model();

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(12, (1, 1), (5, 13), (8, 2)), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("hello wor", result.Transcript.Text);
        Assert.Equal(["Speech", "Laughter"], result.Tags[0].Events);
    }

    [Fact]
    public void Long_sound_is_heard_in_stretches_with_times_from_its_start()
    {
        using var tiny = Model();
        var sound = Sound(700, (2, 1), (600, 2));

        // A quiet frame, at which the cut must fall.
        sound[(460 * SenseVoiceRecogniser.Width) + 300] = -100;

        var result = new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(sound, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([(0, 27.6), (27.6, 42)], result.Tags.Select(tag => (Math.Round(tag.Start, 6), Math.Round(tag.End, 6))));
        Assert.Equal([0.12, 36], result.Transcript.Words.Select(word => Math.Round(word.Start, 6)));
    }

    [Fact]
    public void A_language_that_SenseVoice_does_not_know_is_a_callers_mistake()
    {
        using var tiny = Model();

        Assert.Contains("fr", Assert.Throws<ArgumentException>(() => new SenseVoiceRecogniser(tiny.Graph, Tokens).Recognise(Sound(5), new SenseVoiceOptions("fr"), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_of_another_size_is_refused_with_both_numbers()
    {
        using var tiny = Model();

        var message = Assert.Throws<ModelUnavailableException>(() => new SenseVoiceRecogniser(tiny.Graph, new SenseVoiceTokens(["<unk>", "a"]))).Message;

        Assert.Contains("16", message, StringComparison.Ordinal);
        Assert.Contains('2', message);
    }

    [Fact]
    public void A_graph_without_a_language_is_refused_by_the_inputs_name()
    {
        using var tiny = new TinyGraph(builder =>
        {
            builder.Input("x_length", ElementType.I32, "n");
            builder.Output("logits", builder.Input("x", ElementType.F32, "n", "t", SenseVoiceRecogniser.Width), "n", "t", SenseVoiceRecogniser.Width);
        });

        Assert.Contains("language", Assert.Throws<ModelUnavailableException>(() => new SenseVoiceRecogniser(tiny.Graph, Tokens)).Message, StringComparison.Ordinal);
    }

    private static TinyGraph Model(string speech = "x", string lengths = "x_length", string textNormalisation = "text_norm", string logits = "logits", params (string Key, string Value)[] metadata) => new(
        builder =>
        {
            var sound = builder.Input(speech, ElementType.F32, "n", "t", SenseVoiceRecogniser.Width);
            builder.Input(lengths, ElementType.I32, "n");
            var language = builder.Input("language", ElementType.I32, "n");
            var normalisation = builder.Input(textNormalisation, ElementType.I32, "n");
            var table = builder.Table("embed", [16, Pieces.Length], Embedding());
            GraphTensor Query(GraphTensor ids) => builder.Unsqueeze(builder.Gather(table, ids), 1);
            var body = builder.Slice(sound, 2, 0, Pieces.Length);
            builder.Output(logits, builder.Concat(1, Query(language), Query(builder.Constant(1)), Query(builder.Constant(2)), Query(normalisation), body), "n", "t4", Pieces.Length);
        },
        metadata);

    private static float[] Embedding()
    {
        var rows = new float[16 * Pieces.Length];
        void Answer(int query, string piece, double logit = 30) => rows[(query * Pieces.Length) + Array.IndexOf(Pieces, piece)] = (float)logit;
        Answer(0, "<|zh|>", 30 + Math.Log(3));
        Answer(0, "<|ja|>");
        Answer(4, "<|en|>");
        Answer(13, "<|nospeech|>");
        Answer(1, "<|HAPPY|>");
        Answer(2, "<|Speech|>");
        Answer(14, "<|withitn|>");
        Answer(15, "<|woitn|>");
        return rows;
    }

    private static float[] Sound(int frames, params (int Frame, int Token)[] tokens)
    {
        var features = new float[frames * SenseVoiceRecogniser.Width];
        for (var frame = 0; frame < frames; frame++) features[frame * SenseVoiceRecogniser.Width] = 30;
        foreach (var (frame, token) in tokens)
        {
            features[frame * SenseVoiceRecogniser.Width] = 0;
            features[(frame * SenseVoiceRecogniser.Width) + token] = 30;
        }

        return features;
    }
}
