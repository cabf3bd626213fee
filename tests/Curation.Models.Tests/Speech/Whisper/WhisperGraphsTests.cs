using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Running;
using Curation.Models.Speech.Whisper;
using Curation.Tests;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class WhisperGraphsTests(TinyWhisper tiny) : IClassFixture<TinyWhisper>
{
    private readonly WhisperTokenizer _tokenizer = WhisperCase.LoadTokenizer();

    [Fact]
    public void Sizes_are_those_of_the_checkpoint()
    {
        Assert.Equal(new WhisperDimensions(80, 51865, 1500, 448), tiny.Graphs.Dimensions);
        Assert.True(tiny.Graphs.OffersAttention);

        // No published model has these sizes: every head of the last half of the layers.
        Assert.Equal([new(1, 0), new(1, 1), new(1, 2), new AlignmentHead(1, 3)], tiny.Graphs.AlignmentHeads);
    }

    [Fact]
    public void Step_by_step_with_the_cache_gives_the_logits_of_all_at_once()
    {
        long[] tokens = [50258, 50259, 50359, 50364, 440, 7177, 6280];
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));
        using var whole = tiny.Model.Begin(sound);
        using var stepped = tiny.Model.Begin(sound);

        whole.Step(tokens, 1);
        for (var i = 0; i < tokens.Length; i++)
        {
            stepped.Step([tokens[i]], 1);
            AssertNear(whole.Logits(0, i), stepped.Logits(0, 0), 2e-5);
        }
    }

    [Fact]
    public void Chosen_sequences_continue_their_own_cache()
    {
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));
        using var both = tiny.Model.Begin(sound);
        using var single = tiny.Model.Begin(sound);

        both.Step([50258, 50259, 50359], 1);
        both.Choose([0, 0]);
        both.Step([440, 7177], 2);
        both.Choose([1, 0]);
        both.Step([6280, 1029], 2);
        single.Step([50258, 50259, 50359, 7177, 6280], 1);

        AssertNear(single.Logits(0, 4), both.Logits(0, 0), 2e-5);
    }

    [Fact]
    public void Cross_attention_of_every_token_sums_to_one()
    {
        using var sound = tiny.Model.Encode(TinyWhisper.Fixture("mel"));
        using var decoding = tiny.Model.Begin(sound, withAttention: true);

        decoding.Step([50258, 50259, 50359], 1);

        var attention = decoding.Attention(1, 3);
        Assert.Equal(3 * 1500, attention.Length);
        for (var row = 0; row < 3; row++) Assert.Equal(1, attention.Slice(row * 1500, 1500).ToArray().Sum(), 1e-4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Optimums_merged_decoder_writes_the_same_tokens(int? beams)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/whisper-decode/tiny-random.pt"));
            OnnxWriter.Write(MergedDecoder.Build(checkpoint), path, null, TestContext.Current.CancellationToken);
            using var merged = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
            var graphs = WhisperGraphs.Create(tiny.Encoder, merged, new WhisperConfig());
            using var sound = ((IWhisperModel)graphs).Encode(TinyWhisper.Fixture("mel"));
            var options = new DecodingOptions { Language = "en", BeamSize = beams, SampleLength = 40 };

            var result = new WindowDecoder(graphs, _tokenizer).Decode(sound, options, TestContext.Current.CancellationToken);

            Assert.Equal(WhisperCase.Results.GetProperty(beams is null ? "greedy_timestamps" : "beam3_timestamps").GetProperty("tokens").Ints(), result.Tokens);
            Assert.False(graphs.OffersAttention);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Half_precision_keeps_its_cache_half_and_its_logits_near()
    {
        var (encoder, decoder) = tiny.Open(GraphPrecision.Half);
        using (encoder)
        using (decoder)
        {
            Assert.Equal(TensorElementType.Float16, decoder.Inputs["past_key_values.0.decoder.key"].ElementDataType);
            Assert.Equal(TensorElementType.Float16, encoder.Outputs["present.0.encoder.key"].ElementDataType);
            IWhisperModel model = WhisperGraphs.Create(encoder, decoder);
            using var sound = model.Encode(TinyWhisper.Fixture("mel"));
            using var decoding = model.Begin(sound);

            decoding.Step([50258, 50259, 50359], 1);

            // Halves have 11 bits: 6.9, the largest logit, is kept to 0.004, and errors add up over the layers.
            AssertNear(TinyWhisper.Fixture("first_step_logits_ts"), decoding.Logits(0, 2), 0.05);
        }
    }

    [Fact]
    public void Words_of_a_real_sound_are_aligned_inside_it_and_in_order()
    {
        var transcriber = new WhisperTranscriber(tiny.Graphs, _tokenizer, "tiny");
        var options = new TranscriptionOptions { Decoding = new DecodingOptions { Language = "en" }, Temperatures = [0], MinAverageLogProbability = null, WordTimestamps = true };
        var sound = DecodedSound.Read(RealClips.Require("parity/whisper-logmel/jfk.flac"), 16000);

        var words = transcriber.Transcribe(sound, options, TestContext.Current.CancellationToken).Words.ToList();

        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.Equal(Models.Speech.WordTiming.Aligned, word.Timing));
        Assert.All(words, word => Assert.True(word.Start <= word.End));
        Assert.All(words, word => Assert.InRange(word.Probability!.Value, 0, 1));
        Assert.All(words, word => Assert.InRange(word.End, 0, 30));
    }

    [Fact]
    public void Decoder_without_cache_is_refused_by_the_name_of_the_missing_input()
    {
        var exception = Assert.Throws<ModelUnavailableException>(() => { WhisperGraphs.Create(tiny.Encoder, tiny.Encoder); });

        Assert.Contains("input_ids", exception.Message, StringComparison.Ordinal);
        Assert.Contains("input_features", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alignment_head_that_the_decoder_lacks_is_refused()
    {
        var config = new WhisperConfig { AlignmentHeads = [new AlignmentHead(2, 0)] };

        var exception = Assert.Throws<ModelUnavailableException>(() => { WhisperGraphs.Create(tiny.Encoder, tiny.Decoder, config); });

        Assert.Contains("(2, 0)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokenizer_of_another_vocabulary_is_refused()
    {
        Assert.Throws<ArgumentException>(() => { _ = new WhisperTranscriber(tiny.Graphs, WhisperCase.LoadTokenizer(51866), "tiny"); });
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], tolerance);
    }
}
