using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

// b rows, d width

public sealed class RecomputeTests
{
    [Fact]
    public void Four_streams_through_three_blocks_give_the_same_outputs_and_gradients_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        nn.Module<Tensor, Tensor>[] blocks = [.. Enumerable.Range(0, 3).Select(_ => nn.Sequential(nn.Linear(8, 16), nn.GELU(), nn.Linear(16, 8)))];
        var streams = Enumerable.Range(1, 4).Select(rows => randn(rows, 8)).ToArray();

        var plain = Pass(blocks, streams, (block, inputs) => block(inputs));
        var recomputed = Pass(blocks, streams, Recompute.Run);

        Assert.Equal(4 + 4 + (3 * 4), plain.Count);
        Assert.Equal(plain.Count, recomputed.Count);
        foreach (var (one, other) in plain.Zip(recomputed)) Assert.Equal(one, other);
    }

    [Fact]
    public void Parameters_get_gradients_though_no_input_needs_one()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1, hasBias: false);

        Recompute.Run(inputs => [module.call(inputs[0])], tensor(new float[] { 3, 5 }).reshape(1, 2))[0].sum().backward();

        Assert.Equal([3, 5], module.weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Gradients_accumulate_in_flat_buffers()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1, hasBias: false);
        using var flat = new FlatParameters(module);

        for (var pass = 0; pass < 2; pass++) Recompute.Run(inputs => [module.call(inputs[0])], tensor(new float[] { 3, 5 }).reshape(1, 2))[0].sum().backward();

        Assert.Equal([6, 10], flat.Views(flat.Gradient)["weight"].data<float>().ToArray());
    }

    [Fact]
    public void Input_passed_through_and_output_left_unused_do_no_harm()
    {
        using var scope = NewDisposeScope();
        var x_bd = full(2, 2, 3f).requires_grad_(true);
        var y_bd = ones(1, 2).requires_grad_(true);

        var outputs = Recompute.Run(inputs => [inputs[0] * inputs[0], inputs[1], inputs[2]], x_bd, y_bd, ones(1));
        (outputs[0].sum() + outputs[1].sum()).backward();

        // d(x^2)/dx = 2x.
        Assert.Equal([6, 6, 6, 6], x_bd.grad!.data<float>().ToArray());
        Assert.Equal([1, 1], y_bd.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Block_runs_once_where_no_gradient_is_wanted()
    {
        using var scope = NewDisposeScope();
        var runs = 0;
        using (no_grad()) Recompute.Run(inputs => { runs++; return [inputs[0] * 2]; }, ones(1));

        Assert.Equal(1, runs);
    }

    [Fact]
    public void Block_runs_again_for_the_backward_pass_and_keeps_no_graph_before_it()
    {
        using var scope = NewDisposeScope();
        var graphs = new List<bool>();
        var x_bd = ones(2, 2).requires_grad_(true);

        var output = Recompute.Run(
            inputs =>
            {
                var hidden = inputs[0] * 2;
                graphs.Add(hidden.requires_grad);
                return [hidden.exp()];
            },
            x_bd)[0];
        Assert.Equal([false], graphs);

        output.sum().backward();

        Assert.Equal([false, true], graphs);
    }

    [Fact]
    public void Inputs_may_be_disposed_before_the_backward_pass()
    {
        using var scope = NewDisposeScope();
        var x_bd = ones(2, 2).requires_grad_(true);
        Tensor output;
        using (var inner = NewDisposeScope())
        {
            output = Recompute.Run(inputs => [inputs[0] * 5], x_bd * 3)[0].MoveToOuterDisposeScope();
        }

        output.sum().backward();

        Assert.Equal([15, 15, 15, 15], x_bd.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Fifty_passes_leave_no_tensor_behind()
    {
        using var module = nn.Linear(4, 4);
        using var flat = new FlatParameters(module);
        Step(module);

        using var scope = NewDisposeScope();
        for (var pass = 0; pass < 50; pass++) Step(module);

        Assert.Equal(0, scope.DisposablesCount);

        static void Step(nn.Module<Tensor, Tensor> module)
        {
            using var step = NewDisposeScope();
            Recompute.Run(inputs => [module.call(inputs[0])], ones(2, 4))[0].sum().backward();
        }
    }

    private static List<byte[]> Pass(nn.Module<Tensor, Tensor>[] blocks, Tensor[] streams, Func<Func<Tensor[], Tensor[]>, Tensor[], Tensor[]> run)
    {
        var parameters = blocks.SelectMany(block => block.parameters()).ToList();
        foreach (var parameter in parameters) parameter.grad = null;
        var inputs = streams.Select(stream => stream.detach().clone().requires_grad_(true)).ToArray();
        var hidden = inputs;
        foreach (var block in blocks) hidden = run(values => Joint(block, values), hidden);
        hidden.Select(stream => stream.square().sum()).Aggregate((sum, next) => sum + next).backward();
        return [.. hidden.Select(Bytes), .. inputs.Select(input => Bytes(input.grad!)), .. parameters.Select(parameter => Bytes(parameter.grad!))];
    }

    // What the model's blocks do: one operation over the joined streams, then each goes on alone.
    private static Tensor[] Joint(nn.Module<Tensor, Tensor> block, Tensor[] streams)
    {
        var mixed = cat(streams).softmax(0);
        return [.. mixed.split([.. streams.Select(stream => stream.shape[0])]).Zip(streams).Select(pair => pair.Second + block.call(pair.First))];
    }

    private static byte[] Bytes(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
