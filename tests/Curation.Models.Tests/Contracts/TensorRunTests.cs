using Curation.Models.Checkpoints;
using Curation.Models.Contracts;
using Curation.Models.Graphs;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Tests.Contracts;

public sealed class TensorRunTests
{
    [Fact]
    public void A_graph_in_half_precision_is_served_with_singles()
    {
        using var tiny = new TinyGraph(Double, Halve);
        var finder = new PortFinder(tiny.Graph, "test");
        var input = finder.Input(["x"], [PortFinder.Any, 2], TensorElementType.Float, TensorElementType.Float16);
        var output = finder.Output(["y"], [PortFinder.Any, 2]);

        using var run = new TensorRun();
        var result = run.Add(input, [1.5f, -2, 0.25f, 4], 2, 2).Run(tiny.Graph, output)[0];

        Assert.Equal(TensorElementType.Float16, input.Type);
        Assert.Equal([3f, -4, 0.5f, 8], result.Values);
        Assert.Equal([0.5f, 8], result.Row(1).ToArray());
    }

    [Theory]
    [InlineData(ElementType.I32)]
    [InlineData(ElementType.I64)]
    public void Whole_numbers_are_as_wide_as_the_graph_asks(ElementType type)
    {
        using var tiny = new TinyGraph(builder => builder.Output("y", builder.Cast(builder.Input("x", type, "n"), ElementType.F32), "n"));
        var finder = new PortFinder(tiny.Graph, "test");

        using var run = new TensorRun();
        var result = run.Add(finder.Input(["x"], [PortFinder.Any], TensorElementType.Int32, TensorElementType.Int64), [7, -9]).Run(tiny.Graph, finder.Output(["y"], [PortFinder.Any]))[0];

        Assert.Equal([7f, -9], result.Values);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_no_result()
    {
        using var tiny = new TinyGraph(Double);
        var finder = new PortFinder(tiny.Graph, "test");
        var input = finder.Input(["x"], [PortFinder.Any, 2], TensorElementType.Float);

        using var run = new TensorRun();
        run.Add(input, [float.MaxValue, 0], 1, 2);

        Assert.Contains("output y", Assert.Throws<InvalidDataException>(() => run.Run(tiny.Graph, finder.Output(["y"], []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_output_of_a_graph_may_have_any_name()
    {
        using var tiny = new TinyGraph(Double);

        Assert.Equal("y", new PortFinder(tiny.Graph, "test").Output(["logits"], [PortFinder.Any, 2]).Name);
    }

    [Fact]
    public void A_refusal_names_the_slot_the_file_and_both_sides()
    {
        using var tiny = new TinyGraph(Double);

        var message = Assert.Throws<ModelUnavailableException>(() => new PortFinder(tiny.Graph, "test").Input(["x", "feats"], [PortFinder.Any, 3], TensorElementType.Float)).Message;

        Assert.Equal($"{tiny.Graph.Path} is not the model that slot test expects: its input 'x' float32 [-1, 2] is not float32 [-1, 3]; use an export that fits, or another slot", message);
    }

    // An adapter took a graph's only output whatever its name, where the check of the same slot refused it.
    [Fact]
    public void What_the_adapter_takes_the_check_takes_too()
    {
        using var tiny = new TinyGraph(Double);
        TensorContract[] inputs = [new("*", "float32", [-1, 2])];

        Assert.Empty(GraphContract.Faults(tiny.Graph, inputs, [new TensorContract("logits|*", "float32|float16", [-1, 2])]));
        Assert.Contains("no output 'logits'", Assert.Single(GraphContract.Faults(tiny.Graph, inputs, [new TensorContract("logits", "float32", [-1, 2])])), StringComparison.Ordinal);
        Assert.Empty(GraphContract.Faults(tiny.Graph, inputs, [new TensorContract("y", "float32", null)]));
    }

    [Fact]
    public void The_only_input_of_a_graph_with_two_is_none()
    {
        using var tiny = new TinyGraph(builder => builder.Output("y", builder.Add(builder.Input("x", ElementType.F32, 2), builder.Input("z", ElementType.F32, 2)), 2));

        Assert.Contains("one input only", Assert.Throws<ModelUnavailableException>(() => new PortFinder(tiny.Graph, "test").OnlyInput([2], TensorElementType.Float)).Message, StringComparison.Ordinal);
    }

    private static void Double(GraphBuilder builder)
    {
        var x = builder.Input("x", ElementType.F32, "n", 2);
        builder.Output("y", builder.Add(x, x), "n", 2);
    }

    /// <summary>Turns every declared type into half precision; the graph has no weights.</summary>
    private static void Halve(ModelProto model)
    {
        foreach (var port in model.Graph.Input.Concat(model.Graph.Output)) port.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float16;
    }
}
