using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class WhisperTranscriberTests
{
    private static readonly WhisperDimensions Dimensions = new(80, 51865);

    private static readonly TranscriptionOptions English = new() { Decoding = new DecodingOptions { Language = "en" } };

    private readonly WhisperTokenizer _tokenizer = WhisperCase.LoadTokenizer();

    [Fact]
    public void Sure_text_is_taken_at_temperature_zero()
    {
        var model = Saying(" Hello", from: 10, to: 90);

        var transcript = Transcriber(model).Transcribe(Seconds(2), English, TestContext.Current.CancellationToken);

        var segment = Assert.Single(transcript.Segments);
        Assert.Equal(" Hello", segment.Text);
        Assert.Equal(0, segment.Start, 1e-9);
        Assert.Equal(1.8, segment.End, 1e-9);
        Assert.Equal(0, segment.Temperature);
        Assert.Equal(0, segment.AverageLogProbability!.Value, 1e-6);
        Assert.Equal("scripted", transcript.Model);
        Assert.Equal("en", transcript.Language);
        Assert.Null(transcript.LanguageProbability);
    }

    [Fact]
    public void Pair_of_timestamps_gives_its_segment_both_times_and_the_next_window_its_start()
    {
        var end = _tokenizer.Special.EndOfText;
        var at = _tokenizer.Special.TimestampBegin;
        int[] script = [at + 10, .. _tokenizer.Encode(" Hello"), at + 90, at + 90, end];
        var model = new ScriptedWhisper(Dimensions, tokens => ScriptedWhisper.Certain(51865, script[Math.Clamp(tokens.Count - 3, 0, script.Length - 1)]));

        var (_, segments) = Transcriber(model).Segments(Seconds(2), English with { ConditionOnPreviousText = false }, TestContext.Current.CancellationToken);

        Assert.Equal([(0, 0.2, 1.8), (180, 2.0, 3.6)], segments.Select(segment => (segment.Seek, Math.Round(segment.Start, 6), Math.Round(segment.End, 6))));
    }

    [Fact]
    public void Unlikely_text_is_tried_at_every_temperature_and_the_last_is_kept()
    {
        var model = new ScriptedWhisper(Dimensions, _ => new float[51865]);

        var transcript = Transcriber(model).Transcribe(Seconds(2), English with { Decoding = English.Decoding with { SampleLength = 4 } }, TestContext.Current.CancellationToken);

        Assert.All(transcript.Segments, segment => Assert.Equal(1, segment.Temperature));
        Assert.Equal(1, model.Encoded);
    }

    [Fact]
    public void Repeated_text_is_tried_again()
    {
        var word = _tokenizer.Encode(" Hello")[0];
        var end = _tokenizer.Special.EndOfText;
        var model = new ScriptedWhisper(Dimensions, tokens => ScriptedWhisper.Certain(51865, tokens.Count < 4 ? _tokenizer.Special.TimestampBegin : tokens.Count < 100 ? word : end));

        var transcript = Transcriber(model).Transcribe(Seconds(2), English with { Temperatures = [0, 0.4] }, TestContext.Current.CancellationToken);

        Assert.All(transcript.Segments, segment => Assert.Equal(0.4, segment.Temperature));
        Assert.All(transcript.Segments, segment => Assert.True(segment.CompressionRatio > 2.4));
    }

    [Fact]
    public void Window_without_speech_is_skipped()
    {
        var model = new ScriptedWhisper(Dimensions, tokens => tokens.Count == 1 ? ScriptedWhisper.Certain(51865, _tokenizer.Special.NoSpeech) : new float[51865]);

        var transcript = Transcriber(model).Transcribe(Seconds(70), English, TestContext.Current.CancellationToken);

        Assert.Empty(transcript.Segments);
        Assert.Equal("", transcript.Text);
        Assert.Equal(3, model.Encoded);
    }

    [Fact]
    public void Likely_text_stands_though_the_no_speech_token_is_likely()
    {
        var model = new ScriptedWhisper(Dimensions, tokens => tokens.Count == 1 ? ScriptedWhisper.Certain(51865, _tokenizer.Special.NoSpeech) : Script(" Hello", 0, 50, tokens));

        Assert.Equal("Hello", Transcriber(model).Transcribe(Seconds(2), English, TestContext.Current.CancellationToken).Text);
    }

    [Fact]
    public void Language_is_detected_where_none_is_given()
    {
        var german = _tokenizer.Special.Language("de");
        var model = new ScriptedWhisper(Dimensions, tokens => tokens.Count == 1 ? ScriptedWhisper.Certain(51865, german) : Script(" Hallo", 0, 50, tokens));

        var transcript = Transcriber(model).Transcribe(Seconds(2), null, TestContext.Current.CancellationToken);

        Assert.Equal("de", transcript.Language);
        Assert.Equal(1, transcript.LanguageProbability!.Value, 1e-6);
    }

    [Fact]
    public void Words_carry_the_mark_of_interpolation_where_the_model_shows_no_attention()
    {
        var transcript = Transcriber(Saying(" Hello there", 10, 90)).Transcribe(Seconds(2), English with { WordTimestamps = true }, TestContext.Current.CancellationToken);

        Assert.Equal([" Hello", " there"], transcript.Words.Select(word => word.Text));
        Assert.All(transcript.Words, word => Assert.Equal(Models.Speech.WordTiming.Interpolated, word.Timing));
    }

    [Fact]
    public void No_sound_gives_no_segments()
    {
        Assert.Empty(Transcriber(Saying(" Hello", 0, 50)).Transcribe([], English, TestContext.Current.CancellationToken).Segments);
    }

    [Fact]
    public void Sample_that_is_no_number_is_refused()
    {
        var samples = Seconds(1);
        samples[77] = float.NaN;

        Assert.Throws<ArgumentException>(() => { Transcriber(Saying(" Hello", 0, 50)).Transcribe(samples, English, TestContext.Current.CancellationToken); });
    }

    [Fact]
    public void Cancelled_transcription_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => { Transcriber(Saying(" Hello", 0, 50)).Transcribe(Seconds(2), English, source.Token); });
    }

    [Theory]
    [InlineData(1000, new double[] { }, new[] { 0, 1000 })]
    [InlineData(1000, new[] { 2.0 }, new[] { 200, 1000 })]
    [InlineData(1000, new[] { 2.0, 5.0, 7.0, 99.0 }, new[] { 200, 500, 700, 1000 })]
    public void Clips_are_pairs_of_frames_inside_the_sound(int content, double[] seconds, int[] expected)
    {
        Assert.Equal(expected, ClipList.Frames(seconds, content).SelectMany(clip => new[] { clip.Start, clip.End }));
    }

    [Fact]
    public void Initial_prompt_is_given_to_the_first_window_or_carried_to_all()
    {
        var initial = _tokenizer.Encode(" Klear");
        var options = new TranscriptionOptions { InitialPrompt = "Klear" };

        var once = new PreviousText(_tokenizer, options, 448);
        Assert.Equal(initial, once.Prompt);
        once.Add([1, 2], forget: true);
        Assert.Empty(once.Prompt);

        var carried = new PreviousText(_tokenizer, options with { CarryInitialPrompt = true }, 448);
        carried.Add([1, 2], forget: true);
        carried.Add([3], forget: false);
        Assert.Equal([.. initial, 3], carried.Prompt);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused_before_anything_is_decoded()
    {
        var options = English with { Decoding = English.Decoding with { LengthPenalty = 2 } };

        Assert.Throws<ArgumentException>(() => { Transcriber(Saying(" Hello", 0, 50)).Transcribe(Seconds(2), options, TestContext.Current.CancellationToken); });
    }

    private ScriptedWhisper Saying(string text, int from, int to) => new(Dimensions, tokens => Script(text, from, to, tokens));

    /// <summary>Start, language, task; then timestamp, text, timestamp, end.</summary>
    private float[] Script(string text, int from, int to, IReadOnlyList<int> tokens)
    {
        var begin = _tokenizer.Special.TimestampBegin;
        int[] script = [begin + from, .. _tokenizer.Encode(text), begin + to, _tokenizer.Special.EndOfText];
        return ScriptedWhisper.Certain(51865, script[Math.Clamp(tokens.Count - 3, 0, script.Length - 1)]);
    }

    private WhisperTranscriber Transcriber(IWhisperModel model) => new(model, [new AlignmentHead(0, 0)], _tokenizer, "scripted");

    private static float[] Seconds(int seconds) => [.. Enumerable.Range(0, seconds * 16000).Select(i => 0.1f * MathF.Sin(i * 0.05f))];
}
