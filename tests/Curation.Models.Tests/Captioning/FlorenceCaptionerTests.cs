using Curation.Models.Captioning;
using Curation.Models.Running;

namespace Curation.Models.Tests.Captioning;

public sealed class FlorenceCaptionerTests
{
    private static readonly ModelDevice Device = new(Threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_chain_of_likely_tokens_becomes_the_caption(int beams)
    {
        using var model = new TinyFlorence();
        model.Follow("<s>", "dark", 5);
        model.Follow("dark", "Ġsky", 5);
        model.Follow("Ġsky", "</s>", 5);
        using var captioner = FlorenceCaptioner.Open(model.Write().Folder, Device, beams);

        var caption = captioner.Caption(Grey(0), TestContext.Current.CancellationToken);

        Assert.Equal("dark sky", caption!.Text);
        Assert.Equal(1, caption.Confidence, 3);
        Assert.Equal("video_caption", caption.ToAnnotation("florence", "2").Kind);
    }

    [Theory]
    [InlineData(0f, 1, "dark")]
    [InlineData(1f, 1, "sun")]
    [InlineData(0f, 3, "dark")]
    [InlineData(1f, 3, "sun")]
    public void What_is_seen_reaches_the_words_through_the_cache(float brightness, int beams, string expected)
    {
        // dark scores 5, sun scores 10 times the picture's mean.
        using var model = new TinyFlorence();
        model.Follow("<s>", "dark", 5);
        model.Follow("<s>", "sun", 0);
        model.Seen[model["sun"]] = 10;
        model.Follow("dark", "</s>", 50);
        model.Follow("sun", "</s>", 50);
        using var captioner = FlorenceCaptioner.Open(model.Write().Folder, Device, beams);

        Assert.Equal(expected, captioner.Caption(Grey(brightness), TestContext.Current.CancellationToken)!.Text);
    }

    [Fact]
    public void The_decoders_own_cache_holds_every_token_written()
    {
        // sun follows itself with 10; each sun written adds 4 to the end: after the third, 12 ends the text.
        using var model = new TinyFlorence();
        model.Follow("<s>", "sun", 20);
        model.Follow("sun", "sun", 10);
        model.Follow("sun", "</s>", 0);
        model.Counted[(model["sun"] * model.Size) + model["</s>"]] = 4;
        using var captioner = FlorenceCaptioner.Open(model.Write().Folder, Device, beams: 1);

        Assert.Equal("sunsunsun", captioner.Caption(Grey(0), TestContext.Current.CancellationToken)!.Text);
    }

    [Fact]
    public void A_beam_takes_its_own_memory_along()
    {
        // Greedily "dark" (0.6) leads, then "sun" or "sky" at even odds and the end: 0.3. "sun" (0.4) ends for sure: 0.4.
        // What "sun" may end with is in its memory alone: the end scores by the suns written.
        using var model = new TinyFlorence();
        model.Follow("<s>", "dark", MathF.Log(0.6f));
        model.Follow("<s>", "sun", MathF.Log(0.4f));
        model.Follow("dark", "da", 0);
        model.Follow("dark", "dar", 0);
        model.Follow("da", "</s>", 0);
        model.Follow("dar", "</s>", 0);
        model.Counted[(model["sun"] * model.Size) + model["</s>"]] = 200;
        using var captioner = FlorenceCaptioner.Open(model.Write().Folder, Device, beams: 3);

        var caption = captioner.Caption(Grey(0), TestContext.Current.CancellationToken)!;

        // Finished texts: "sun" ln 0.4 / 3 = -0.305; "dark da" ln 0.3 / 4 = -0.301.
        Assert.Equal("darkda", caption.Text);
        Assert.Equal(Math.Pow(0.3, 0.25), caption.Confidence, 3);
    }

    [Fact]
    public void A_picture_of_any_size_is_brought_to_the_models_own()
    {
        using var model = new TinyFlorence();
        model.Follow("<s>", "dark", 0);
        model.Follow("<s>", "sun", 0);
        model.Seen[model["sun"]] = 1;
        model.Follow("dark", "</s>", 50);
        model.Follow("sun", "</s>", 50);
        using var captioner = FlorenceCaptioner.Open(model.Write().Folder, Device);

        // ImageNet's means lie near the middle: white is positive, black is negative.
        Assert.Equal("sun", captioner.Caption(Enumerable.Repeat((byte)255, 3 * 8 * 4).ToArray(), 8, 4, TestContext.Current.CancellationToken)!.Text);
        Assert.Equal("dark", captioner.Caption(new byte[3 * 8 * 4], 8, 4, TestContext.Current.CancellationToken)!.Text);
    }

    [Fact]
    public void A_missing_graph_is_named()
    {
        using var model = new TinyFlorence().Write();
        File.Delete(Path.Combine(model.Folder, "encoder_model.onnx"));

        Assert.Contains("encoder_model.onnx", Assert.Throws<ModelUnavailableException>(() => FlorenceCaptioner.Open(model.Folder, Device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_in_anothers_place_says_what_was_expected()
    {
        using var model = new TinyFlorence().Write();
        File.Copy(Path.Combine(model.Folder, "embed_tokens.onnx"), Path.Combine(model.Folder, "vision_encoder.onnx"), overwrite: true);

        var message = Assert.Throws<ModelUnavailableException>(() => FlorenceCaptioner.Open(model.Folder, Device)).Message;

        Assert.Contains("pixel_values", message, StringComparison.Ordinal);
        Assert.Contains("input_ids", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_graph_is_refused()
    {
        using var model = new TinyFlorence().Write();
        File.WriteAllText(Path.Combine(model.Folder, "added_tokens.json"), """{"<loc_0>": 50000}""");

        Assert.Contains("50000", Assert.Throws<ModelUnavailableException>(() => FlorenceCaptioner.Open(model.Folder, Device)).Message, StringComparison.Ordinal);
    }

    private static float[] Grey(float value) => [.. Enumerable.Repeat(value, 3 * TinyFlorence.Side * TinyFlorence.Side)];
}
