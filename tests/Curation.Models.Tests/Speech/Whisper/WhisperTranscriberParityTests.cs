using System.Globalization;
using System.Text;
using System.Text.Json;
using Curation.Models.Features;
using Curation.Models.Speech.Whisper;
using Curation.Tests;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>Against openai/whisper at c0d2f62 with tiny random weights (case whisper-decode).</summary>
public sealed class WhisperTranscriberParityTests(TinyWhisper tiny, ITestOutputHelper output) : IClassFixture<TinyWhisper>
{
    private readonly WhisperTokenizer _tokenizer = WhisperCase.LoadTokenizer();

    [Fact]
    public void Encoder_output_is_upstreams()
    {
        using var features = OrtTensors.FromFloats(TinyWhisper.Fixture("mel"), [1, 80, 3000], Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float);
        using var outputs = tiny.Encoder.Run(new Dictionary<string, Microsoft.ML.OnnxRuntime.OrtValue> { ["input_features"] = features }, ["last_hidden_state"]);

        AssertNear(TinyWhisper.Fixture("encoder_out"), outputs[0].GetTensorDataAsSpan<float>(), 1e-4, "encoder_out");
    }

    [Theory]
    [InlineData("first_step_logits_ts", "logits_at_sot", false)]
    [InlineData("first_step_logits_nots", null, true)]
    public void Logits_of_the_first_step_are_upstreams(string expected, string? atStart, bool withoutTimestamps)
    {
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));
        using var decoding = tiny.Model.Begin(sound);
        var start = _tokenizer.Special.StartSequence("en", WhisperTask.Transcribe, withoutTimestamps);

        decoding.Step([.. start.Select(token => (long)token)], 1);

        AssertNear(TinyWhisper.Fixture(expected), decoding.Logits(0, start.Count - 1), 2e-4, expected);
        if (atStart is not null) AssertNear(TinyWhisper.Fixture(atStart), decoding.Logits(0, 0), 2e-4, atStart);
    }

    [Fact]
    public void Filters_allow_the_tokens_that_upstreams_allow_at_the_first_step()
    {
        var allowed = TinyWhisper.Fixture("first_step_logits_ts_after_filters_allowed_mask");
        var logits = TinyWhisper.Fixture("first_step_logits_ts");

        foreach (var filter in new WindowDecoder(tiny.Model, _tokenizer).Filters(new DecodingOptions())) filter.Apply(logits, []);

        Assert.Equal(allowed.Select(value => value != 0), logits.Select(logit => !float.IsNegativeInfinity(logit)));
    }

    [Fact]
    public void Language_is_the_one_upstream_detects_with_its_five_likeliest()
    {
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));

        var languages = LanguageDetector.Detect(tiny.Model, _tokenizer.Special, sound);

        var recorded = WhisperCase.Results.GetProperty("detect_language");
        Assert.Equal(recorded.GetProperty("token").GetInt32(), _tokenizer.Special.Language(languages[0].Code));
        foreach (var (expected, found) in recorded.GetProperty("top5").EnumerateArray().Zip(languages))
        {
            Assert.Equal(expected[0].GetString(), found.Code);
            Assert.Equal(expected[1].GetDouble(), found.Probability, 1e-4);
        }

        Assert.Equal(1, languages.Sum(language => language.Probability), 1e-6);
    }

    [Theory]
    [InlineData("greedy_timestamps")]
    [InlineData("greedy_no_timestamps")]
    [InlineData("greedy_timestamps_zh_translate")]
    [InlineData("greedy_ts_with_prompt")]
    [InlineData("greedy_ts_with_prefix")]
    [InlineData("greedy_ts_no_suppress")]
    [InlineData("greedy_ts_detect_language")]
    [InlineData("beam3_timestamps")]
    public void Decoded_tokens_are_upstreams(string run)
    {
        var recorded = WhisperCase.Results.GetProperty(run);
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));

        var result = new WindowDecoder(tiny.Model, _tokenizer).Decode(sound, Options(recorded.GetProperty("options")), TestContext.Current.CancellationToken);

        Assert.Equal(recorded.GetProperty("tokens").Ints(), result.Tokens);
        Report(run, "avg_logprob", recorded.GetProperty("avg_logprob").GetDouble() - result.AverageLogProbability);
        Assert.Equal(recorded.GetProperty("avg_logprob").GetDouble(), result.AverageLogProbability, 1e-3);
        if (recorded.TryGetProperty("text_repr", out var text)) Assert.Equal(text.GetString(), result.Text);
        if (recorded.TryGetProperty("language", out var language)) Assert.Equal(language.GetString(), result.Language);
        if (recorded.TryGetProperty("no_speech_prob", out var noSpeech))
        {
            Report(run, "no_speech_prob, relative", (result.NoSpeechProbability / noSpeech.GetDouble()) - 1);
            Assert.Equal(1, result.NoSpeechProbability / noSpeech.GetDouble(), 1e-3);
        }

        if (recorded.TryGetProperty("compression_ratio", out var ratio))
        {
            // The compressors differ, so their sizes may, by a few bytes.
            var bytes = Encoding.UTF8.GetByteCount(result.Text);
            Report(run, "compressed bytes", (bytes / ratio.GetDouble()) - (bytes / result.CompressionRatio));
            Assert.Equal(bytes / ratio.GetDouble(), bytes / result.CompressionRatio, 3.01);
        }
    }

    [Theory]
    [InlineData("condition_true")]
    [InlineData("condition_false")]
    [InlineData("clip_timestamps_2_20")]
    [InlineData("without_timestamps")]
    public void Segments_of_41_seconds_are_upstreams(string run)
    {
        var recorded = WhisperCase.Results.GetProperty("transcribe_long").GetProperty(run);
        var options = Options(recorded.GetProperty("options"));
        var transcriber = new WhisperTranscriber(tiny.Graphs, _tokenizer, "tiny");

        var (_, segments) = transcriber.Segments(Sound(), Transcription(recorded.GetProperty("options"), options with { Language = "en" }), TestContext.Current.CancellationToken);

        var expected = recorded.GetProperty("segments").EnumerateArray().ToList();
        Assert.Equal(expected.Count, segments.Count);
        foreach (var (theirs, ours) in expected.Zip(segments))
        {
            Assert.Equal(theirs.GetProperty("seek").GetInt32(), ours.Seek);
            Assert.Equal(theirs.GetProperty("start").GetDouble(), ours.Start, 1e-9);
            Assert.Equal(theirs.GetProperty("end").GetDouble(), ours.End, 1e-9);
            Assert.Equal(theirs.GetProperty("tokens").Ints(), ours.Tokens);
            Report(run, "avg_logprob", theirs.GetProperty("avg_logprob").GetDouble() - ours.Window.AverageLogProbability);
            Assert.Equal(theirs.GetProperty("avg_logprob").GetDouble(), ours.Window.AverageLogProbability, 1e-3);
            Assert.Equal(1, ours.Window.NoSpeechProbability / theirs.GetProperty("no_speech_prob").GetDouble(), 1e-3);
        }
    }

    private static DecodingOptions Options(JsonElement recorded)
    {
        var options = new DecodingOptions();
        foreach (var option in recorded.EnumerateObject())
        {
            options = option.Name switch
            {
                "language" => options with { Language = option.Value.GetString() },
                "task" => options with { Task = option.Value.GetString() == "translate" ? WhisperTask.Translate : WhisperTask.Transcribe },
                "without_timestamps" => options with { WithoutTimestamps = option.Value.GetBoolean() },
                "sample_len" => options with { SampleLength = option.Value.GetInt32() },
                "prompt" => options with { Prompt = option.Value.Ints() },
                "prefix" => options with { Prefix = option.Value.Ints() },
                "suppress_tokens" => options with { SuppressTokens = [] },
                "suppress_blank" => options with { SuppressBlank = option.Value.GetBoolean() },
                "max_initial_timestamp" => options with { MaxInitialTimestamp = option.Value.ValueKind == JsonValueKind.Null ? null : option.Value.GetDouble() },
                "beam_size" => options with { BeamSize = option.Value.GetInt32() },
                "condition_on_previous_text" or "clip_timestamps" => options,
                _ => throw new NotSupportedException(option.Name),
            };
        }

        return options;
    }

    /// <summary>The recording's own settings: temperature 0 only and no checks.</summary>
    private static TranscriptionOptions Transcription(JsonElement recorded, DecodingOptions decoding) => new()
    {
        Decoding = decoding,
        Temperatures = [0],
        MaxCompressionRatio = null,
        MinAverageLogProbability = null,
        MaxNoSpeechProbability = null,
        ConditionOnPreviousText = recorded.GetProperty("condition_on_previous_text").GetBoolean(),
        ClipTimestamps = recorded.TryGetProperty("clip_timestamps", out var clips) ? [.. clips.GetString()!.Split(',').Select(time => double.Parse(time, CultureInfo.InvariantCulture))] : [],
    };

    /// <summary>The recording's sound: jfk.flac eight times, cut to 656321 samples.</summary>
    private static float[] Sound()
    {
        var once = DecodedSound.Read(RealClips.Require("parity/whisper-logmel/jfk.flac"), WhisperLogMel.SampleRate);
        return [.. Enumerable.Repeat(once, 8).SelectMany(samples => samples).Take(656321)];
    }

    private void AssertNear(float[] expected, ReadOnlySpan<float> found, double tolerance, string name)
    {
        Assert.Equal(expected.Length, found.Length);
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++) largest = Math.Max(largest, Math.Abs(expected[i] - found[i]));

        Report(name, "largest error", largest);
        Assert.InRange(largest, 0, tolerance);
    }

    private void Report(string run, string what, double error) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run}: {what} {error:0.0e+0}"));
}
