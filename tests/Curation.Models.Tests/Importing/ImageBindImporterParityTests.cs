using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;

namespace Curation.Models.Tests.Importing;

/// <summary>
/// Against the upstream code (github.com/facebookresearch/ImageBind @ 53680b0, torch 1.13.0) with random weights; tolerances of the fixture's case.json.
/// </summary>
public sealed class ImageBindImporterParityTests(ITestOutputHelper output)
{
    private const double HeadTolerance = 5e-5;

    /// <summary>Relative to the largest element of the expected embedding.</summary>
    private const double EmbeddingTolerance = 2e-5;

    [Theory]
    [InlineData("image.vision")]
    [InlineData("video.vision")]
    [InlineData("video.audio")]
    [InlineData("image.text")]
    public void An_imported_tower_gives_upstreams_outputs(string tower)
    {
        using var parity = new ParityCase("imagebind-forward");
        var found = Run(parity, tower, GraphPrecision.Full, probes: true);

        Head(parity, tower, found, HeadTolerance);
        Embedding(parity, tower, found, EmbeddingTolerance);
        Tokens(parity, $"{tower}.trunk_in_lbd_first4tokens", found["trunk_in"]);
        Tokens(parity, $"{tower}.block0_lbd_first4tokens", found["block0"]);
        Close(parity.Floats($"{tower}.trunk_out_first4tokens"), Range(found["trunk_out"], 0, 4), $"{tower}.trunk_out_first4tokens");
        Close(parity.Floats($"{tower}.trunk_out_last2tokens"), Range(found["trunk_out"], (int)found["trunk_out"].Info.Shape[1] - 2, 2), $"{tower}.trunk_out_last2tokens");
    }

    [Theory]
    [InlineData("video.vision")]
    [InlineData("video.audio")]
    [InlineData("image.text")]
    public void Half_precision_stays_within_its_rounding(string tower)
    {
        using var parity = new ParityCase("imagebind-forward");
        var found = Run(parity, tower, GraphPrecision.Half);

        // Half keeps 11 bits: a relative step of 5e-4, over some dozens of operations.
        Head(parity, tower, found, 0.02);
        Embedding(parity, tower, found, 0.01);
    }

    [Fact]
    public void The_three_graphs_lie_in_the_folder_under_their_names()
    {
        using var parity = new ParityCase("imagebind-forward");
        using var checkpoint = CheckpointFile.Open(parity.Checkpoint("imagebind_huge.pth"));

        var written = ModelImporters.For("semantic").Import(checkpoint, parity.Folder, new ImportOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(["imagebind-vision.onnx", "imagebind-audio.onnx", "imagebind-text.onnx"], written.Select(Path.GetFileName));
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(parity.Folder).Order(StringComparer.Ordinal));
    }

    private void Head(ParityCase parity, string tower, IReadOnlyDictionary<string, TensorData> found, double tolerance)
    {
        var error = ParityCase.LargestDifference(parity.Floats($"{tower}.head_out"), found["head"].ToFloats());
        output.WriteLine($"{tower}.head_out: {error:G3} (tolerance {tolerance})");
        Assert.True(error <= tolerance, $"{tower}.head_out: {error} > {tolerance}");
    }

    private void Embedding(ParityCase parity, string tower, IReadOnlyDictionary<string, TensorData> found, double tolerance)
    {
        var expected = parity.Floats($"{tower}.embedding");

        // Upstream's mean over the clips of one video follows scaling, without a new normalisation.
        var embedding = found["embedding"].ToFloats();
        var clips = embedding.Length / expected.Length;
        if (clips > 1) embedding = [.. Enumerable.Range(0, expected.Length).Select(i => Enumerable.Range(0, clips).Average(clip => embedding[(clip * expected.Length) + i]))];

        var error = ParityCase.LargestDifference(expected, embedding) / expected.Max(MathF.Abs);
        output.WriteLine($"{tower}.embedding: {error:G3} of the maximum (tolerance {tolerance})");
        Assert.True(error <= tolerance, $"{tower}.embedding: {error} > {tolerance}");
    }

    /// <summary>The fixture is token-first, ours batch-first.</summary>
    private void Tokens(ParityCase parity, string name, TensorData found)
    {
        var (batch, width) = ((int)found.Info.Shape[0], (int)found.Info.Shape[2]);
        var ours = Range(found, 0, 4);
        float[] tokenFirst = [.. Enumerable.Range(0, 4).SelectMany(token => Enumerable.Range(0, batch).SelectMany(clip => ours.AsSpan(((clip * 4) + token) * width, width).ToArray()))];
        Close(parity.Floats(name), tokenFirst, name);
    }

    private void Close(float[] expected, float[] found, string name)
    {
        var error = ParityCase.LargestDifference(expected, found);
        output.WriteLine($"{name}: {error:G3}");
        Assert.True(error <= HeadTolerance, $"{name}: {error}");
    }

    private static float[] Range(TensorData data, int first, int count)
    {
        var (batch, tokens, width) = ((int)data.Info.Shape[0], (int)data.Info.Shape[1], (int)data.Info.Shape[2]);
        var values = data.ToFloats();
        return [.. Enumerable.Range(0, batch).SelectMany(clip => values.AsSpan(((clip * tokens) + first) * width, count * width).ToArray())];
    }

    private static IReadOnlyDictionary<string, TensorData> Run(ParityCase parity, string tower, GraphPrecision precision, bool probes = false)
    {
        var modality = tower[(tower.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var importer = new ImageBindImporter();
        var index = importer.Files.ToList().FindIndex(file => file.Contains(modality, StringComparison.Ordinal));
        var path = Path.Combine(parity.Folder, importer.Files[index]);
        using (var checkpoint = CheckpointFile.Open(parity.Checkpoint("imagebind_huge.pth")))
        {
            OnnxWriter.Write(importer.Build(checkpoint, precision, probes)[index], path, cancellationToken: TestContext.Current.CancellationToken);
        }

        return ParityCase.Run(path, new Dictionary<string, (long[], Array)> { [modality] = Input(parity, tower) });
    }

    private static (long[] Shape, Array Values) Input(ParityCase parity, string tower)
    {
        switch (tower)
        {
            case "image.text":
                var text = parity.Tensor("text_ids");
                return ([3, 77], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(text.Bytes.Span).ToArray());
            case "video.audio":
                return ([3, 1, 128, 204], parity.Floats("audio"));
            case "video.vision":
                return ([2, 3, 2, 224, 224], Scaled(parity.Floats("vision_clip_u8")));
            default:
                // Upstream repeats an image to two frames.
                const int Plane = 224 * 224;
                var images = Scaled(parity.Floats("vision_image_u8"));
                return ([2, 3, 2, 224, 224], Enumerable.Range(0, 6).SelectMany(plane => Enumerable.Repeat(images.AsSpan(plane * Plane, Plane).ToArray(), 2).SelectMany(frame => frame)).ToArray());
        }
    }

    private static float[] Scaled(float[] bytes) => [.. bytes.Select(value => (value / 127.5f) - 1f)];
}
