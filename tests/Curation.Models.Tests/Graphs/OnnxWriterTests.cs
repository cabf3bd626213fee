using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Tests.Graphs;

public sealed class OnnxWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-writer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(GraphPrecision.Full, false)]
    [InlineData(GraphPrecision.Full, true)]
    [InlineData(GraphPrecision.Half, false)]
    [InlineData(GraphPrecision.Half, true)]
    public void A_graph_computes_the_same_wherever_its_weights_are(GraphPrecision precision, bool external)
    {
        var path = Write(precision, external);

        // x·W + b by hand, with W[i, j] = (i + j) mod 3 and b[j] = j / 4: all exact in half precision.
        var expected = Enumerable.Range(0, 32).Select(j => ((0 + j) % 3) * 1f + ((1 + j) % 3) * 2f + ((15 + j) % 3) * -4f + j / 4f);
        using var graph = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
        var x = new float[16];
        (x[0], x[1], x[15]) = (1, 2, -4);
        Assert.Equal(expected, Run(graph, x));
    }

    [Fact]
    public void External_weights_lie_beside_the_graph_at_aligned_offsets()
    {
        var path = Write(GraphPrecision.Full, external: true);

        var weight = Read(path).Graph.Initializer.Single(tensor => tensor.Name == "layer.weight");
        Assert.Equal(TensorProto.Types.DataLocation.External, weight.DataLocation);
        Assert.Equal("graph.onnx.data", weight.ExternalData.Single(entry => entry.Key == "location").Value);
        Assert.Equal("0", weight.ExternalData.Single(entry => entry.Key == "offset").Value);
        Assert.Equal("2048", weight.ExternalData.Single(entry => entry.Key == "length").Value);
        Assert.Equal(2048, new FileInfo(OnnxWriter.DataPath(path)).Length);
    }

    [Fact]
    public void A_small_weight_stays_in_the_graph_when_the_others_leave()
    {
        var bias = Read(Write(GraphPrecision.Full, external: true)).Graph.Initializer.Single(tensor => tensor.Name == "layer.bias");

        Assert.Equal(TensorProto.Types.DataLocation.Default, bias.DataLocation);
        Assert.Equal(32 * sizeof(float), bias.RawData.Length);
    }

    [Fact]
    public void Half_precision_halves_the_weights_and_keeps_single_borders()
    {
        var path = Write(GraphPrecision.Half, external: false);

        Assert.Equal(16 * 32 * 2, Read(path).Graph.Initializer.Single(tensor => tensor.Name == "layer.weight").RawData.Length);
        using var graph = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
        Assert.Equal(typeof(float), graph.Inputs["x"].ElementType);
        Assert.Equal(typeof(float), graph.Outputs["y"].ElementType);
    }

    [Fact]
    public void A_rewrite_without_external_weights_removes_the_old_ones()
    {
        Write(GraphPrecision.Full, external: true);
        var path = Write(GraphPrecision.Full, external: false);

        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_weight_that_cannot_be_read_leaves_the_old_file_alone()
    {
        var path = Write(GraphPrecision.Full, external: true);
        var before = File.ReadAllBytes(path);
        var builder = Builder(GraphPrecision.Full, () => throw new IOException("gone"));

        Assert.Throws<IOException>(() => OnnxWriter.Write(builder, path, new OnnxWriteOptions { InlineLimitBytes = 0 }, TestContext.Current.CancellationToken));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path, OnnxWriter.DataPath(path)], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_value_beyond_half_precision_is_refused_by_name()
    {
        var builder = Builder(GraphPrecision.Half, () => TensorData.FromFloats([16, 32], [.. Enumerable.Repeat(70000f, 512)]));

        var error = Assert.Throws<InvalidDataException>(() => OnnxWriter.Write(builder, Path.Combine(_folder, "graph.onnx"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("layer.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_of_another_shape_than_promised_is_refused_by_name()
    {
        var builder = Builder(GraphPrecision.Full, () => TensorData.FromFloats([32, 16], new float[512]));

        var error = Assert.Throws<InvalidDataException>(() => OnnxWriter.Write(builder, Path.Combine(_folder, "graph.onnx"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("layer.weight is [32, 16]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_used_twice_is_refused()
    {
        var builder = new GraphBuilder("twice");
        builder.Input("x", ElementType.F32, 1);

        Assert.Throws<ArgumentException>(() => builder.Input("x", ElementType.F32, 1));
    }

    private string Write(GraphPrecision precision, bool external)
    {
        var path = Path.Combine(_folder, "graph.onnx");
        var weight = Enumerable.Range(0, 512).Select(i => (float)((i / 32 + i % 32) % 3)).ToArray();
        OnnxWriter.Write(
            Builder(precision, () => TensorData.FromFloats([16, 32], weight)),
            path,
            external ? new OnnxWriteOptions { InlineLimitBytes = 0 } : null,
            TestContext.Current.CancellationToken);
        return path;
    }

    private static GraphBuilder Builder(GraphPrecision precision, Func<TensorData> weight)
    {
        var builder = new GraphBuilder("linear", precision);
        var x = builder.Input("x", ElementType.F32, "batch", 16);
        var bias = builder.Weight("layer.bias", [32], () => TensorData.FromFloats([32], [.. Enumerable.Range(0, 32).Select(j => j / 4f)]));
        builder.Output("y", builder.Linear(x, builder.Weight("layer.weight", [16, 32], weight), bias), "batch", 32);
        return builder;
    }

    private static float[] Run(OnnxGraph graph, float[] x)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(x, [1, x.Length]);
        using var outputs = graph.Run(new Dictionary<string, OrtValue> { ["x"] = input }, ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static ModelProto Read(string path) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
}
