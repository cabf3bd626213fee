using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Tests.Graphs;

/// <summary>Layers run in ONNX Runtime and give what arithmetic says.</summary>
public sealed class GraphBuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("graph-builder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gelu_is_the_exact_one()
    {
        // x·Φ(x) with Φ(1) = 0.8413447461 and Φ(2) = 0.9772498681; the tanh approximation gives 0.8411920 and 1.9545977.
        var y = Run([1, 2, 0, -1], (graph, x) => graph.Gelu(x));

        Assert.Equal(0.84134475, y[0], 1e-6);
        Assert.Equal(1.95449974, y[1], 1e-6);
        Assert.Equal(0, y[2]);
        Assert.Equal(-0.15865525, y[3], 1e-6);
    }

    [Fact]
    public void Layer_normalisation_divides_by_the_population_deviation_and_the_epsilon()
    {
        // Mean 3, variance (4 + 0 + 0 + 4) / 4 = 2; with epsilon 2 the divisor is 2.
        var y = Run([1, 3, 3, 5], (graph, x) => graph.LayerNorm(x, graph.Table("w", [4], [1, 1, 1, 2]), graph.Table("b", [4], [0, 0, 7, 0]), 2));

        Assert.Equal([-1, 0, 7, 2], y);
    }

    [Fact]
    public void Attention_with_equal_keys_is_the_mean_of_the_values_in_every_head()
    {
        // Two tokens of width 2 in two heads of width 1: whatever the query, equal keys weigh the values 1/2 each.
        var y = Run([1, 10, 3, 30], (graph, x) =>
        {
            var tokens = graph.Reshape(x, 1, 2, 2);
            return graph.Reshape(graph.Attention(tokens, graph.Multiply(tokens, graph.Number(0)), tokens, heads: 2, headSize: 1), 1, 4);
        });

        Assert.Equal([2, 20, 2, 20], y);
    }

    [Fact]
    public void A_mask_of_minus_infinity_hides_a_key()
    {
        var y = Run([1, 10, 3, 30], (graph, x) =>
        {
            var tokens = graph.Reshape(x, 1, 2, 2);
            var causal = graph.Table("mask", [2, 2], [0, float.NegativeInfinity, 0, 0]);
            return graph.Reshape(graph.Attention(tokens, graph.Multiply(tokens, graph.Number(0)), tokens, heads: 2, headSize: 1, causal), 1, 4);
        });

        Assert.Equal([1, 10, 2, 20], y);
    }

    [Fact]
    public void Attention_logits_are_scaled_by_the_root_of_the_heads_width()
    {
        // One head of width 4, two keys whose products with the query are 0 and 2·ln 3: over √4 the shares are 1/4 and 3/4.
        var root = MathF.Sqrt(2 * MathF.Log(3));
        var y = Run([root, 0, 0, 0], (graph, x) =>
        {
            var query = graph.Reshape(x, 1, 1, 4);
            var key = graph.Concat(1, graph.Multiply(query, graph.Number(0)), query);
            return graph.Reshape(graph.Attention(query, key, graph.Table("value", [1, 2, 4], [4, 0, 0, 0, 8, 0, 0, 0]), heads: 1, headSize: 4), 1, 4);
        });

        Assert.Equal(7, y[0], 1e-5);
    }

    [Fact]
    public void A_convolution_with_stride_and_padding_adds_its_bias()
    {
        // Kernel (1, 1), stride 2, one zero on both sides of 1 2 3 4: 0 + 1, 2 + 3, and 4 + 0; each plus 10.
        var y = Run([1, 2, 3, 4], (graph, x) => graph.Reshape(graph.Conv(graph.Reshape(x, 1, 1, 4), graph.Table("k", [1, 1, 2], [1, 1]), graph.Table("b", [1], [10]), [2], 1), 1, -1));

        Assert.Equal([11, 15, 14], y);
    }

    [Fact]
    public void Shapes_are_cut_joined_and_turned()
    {
        var y = Run([1, 2, 3, 4], (graph, x) =>
        {
            var turned = graph.Reshape(graph.Transpose(graph.Reshape(x, 2, 2), 1, 0), 1, 4);
            return graph.Concat(1, graph.Slice(turned, 1, 1, 3), graph.Gather(turned, graph.Constant(3), 1), graph.Expand(graph.Slice(x, 1, 0, 1), graph.Constant(1, 2)));
        });

        Assert.Equal([3, 2, 4, 1, 1], y);
    }

    [Fact]
    public void A_size_of_run_time_cuts_a_table()
    {
        var y = Run([1, 2, 3, 4], (graph, x) => graph.Slice(graph.Table("long", [1, 6], [1, 2, 3, 4, 5, 6]), 1, graph.Constant(0), graph.SizeOf(x, 1)));

        Assert.Equal([1, 2, 3, 4], y);
    }

    [Fact]
    public void Types_that_differ_are_refused_where_they_meet()
    {
        var graph = new GraphBuilder("types", GraphPrecision.Half);
        var x = graph.Input("x", ElementType.F32, 1);

        Assert.Equal(ElementType.F16, x.Type);
        Assert.Throws<ArgumentException>(() => graph.Add(x, graph.Cast(x, ElementType.F32)));
    }

    [Fact]
    public void A_name_is_one_weight_and_no_other()
    {
        var graph = new GraphBuilder("weights");
        var weight = graph.Weight("w", [2, 3], () => TensorData.FromFloats([2, 3], new float[6]));

        Assert.Same(weight, graph.Weight("w", [2, 3], () => TensorData.FromFloats([2, 3], new float[6])));
        Assert.Throws<ArgumentException>(() => graph.Weight("w", [3, 2], () => TensorData.FromFloats([3, 2], new float[6])));
    }

    private float[] Run(float[] x, Func<GraphBuilder, GraphTensor, GraphTensor> layer)
    {
        var path = Path.Combine(_folder, "graph.onnx");
        var builder = new GraphBuilder("layer");
        builder.Output("y", layer(builder, builder.Input("x", ElementType.F32, "batch", "length")), "batch", "result");
        OnnxWriter.Write(builder, path, cancellationToken: TestContext.Current.CancellationToken);
        using var graph = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
        using var input = OrtValue.CreateTensorValueFromMemory(x, [1, x.Length]);
        using var outputs = graph.Run(new Dictionary<string, OrtValue> { ["x"] = input }, ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
