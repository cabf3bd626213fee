using Curation.Models.Graphs;
using Curation.Models.Importing;

namespace Curation.Models.Tests.Importing;

public sealed class AestheticImporterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aesthetic").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(GraphPrecision.Full, 1e-5)]
    [InlineData(GraphPrecision.Half, 5e-3)]
    public void The_score_is_that_of_the_unit_embedding(GraphPrecision precision, double tolerance)
    {
        // (300, 400, 0, ..) at unit length is (0.6, 0.8, 0, ..); then 0.6 + 0.8 = 1.4, twice that 2.8, and 1 more 3.8, itself, half of it and 3 more 4.9.
        var checkpoint = new MemoryTensors();
        Layer(checkpoint, 0, 1024, 768, [1, 1], 0);
        Layer(checkpoint, 2, 128, 1024, [2], 0);
        Layer(checkpoint, 4, 64, 128, [1], 1);
        Layer(checkpoint, 6, 16, 64, [1], 0);
        Layer(checkpoint, 7, 1, 16, [0.5f], 3);

        var path = Assert.Single(ModelImporters.For("aesthetic").Import(checkpoint, _folder, new ImportOptions(precision), TestContext.Current.CancellationToken));

        Assert.Equal(Path.Combine(_folder, "aesthetic-head.onnx"), path);
        var embedding = new float[768];
        (embedding[0], embedding[1]) = (300, 400);
        var score = ParityCase.Run(path, new Dictionary<string, (long[], Array)> { ["image_embeds"] = ([1, 768], embedding) })["score"];
        Assert.Equal([1, 1], score.Info.Shape);
        Assert.Equal(4.9, score.ToFloats()[0], tolerance);
    }

    [Fact]
    public void A_file_name_is_taken_as_it_is()
    {
        var checkpoint = new MemoryTensors();
        Layer(checkpoint, 0, 4, 6, [1], 0);
        Layer(checkpoint, 2, 4, 4, [1], 0);
        Layer(checkpoint, 4, 4, 4, [1], 0);
        Layer(checkpoint, 6, 4, 4, [1], 0);
        Layer(checkpoint, 7, 1, 4, [1], 0);
        var path = Path.Combine(_folder, "new", "head.onnx");

        Assert.Equal([path], ModelImporters.For("aesthetic").Import(checkpoint, path, new ImportOptions(), TestContext.Current.CancellationToken));
        Assert.True(File.Exists(path));
    }

    private static void Layer(MemoryTensors checkpoint, int layer, int outputs, int inputs, float[] firstRow, float firstBias)
    {
        var weight = new float[outputs * inputs];
        firstRow.CopyTo(weight, 0);
        var bias = new float[outputs];
        bias[0] = firstBias;
        checkpoint.With($"layers.{layer}.weight", [outputs, inputs], weight).With($"layers.{layer}.bias", [outputs], bias);
    }
}
