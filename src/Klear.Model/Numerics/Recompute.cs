using static TorchSharp.torch;

namespace Klear.Model.Numerics;

/// <summary>
/// Activation checkpointing: a block keeps only its inputs for the backward pass and is computed a second time there, which takes about
/// a third more time a step and leaves only the activations of one block in memory at a time.
/// </summary>
/// <remarks>Random state is not restored between the two passes, so a block must draw no random numbers (no dropout).</remarks>
public static class Recompute
{
    /// <summary>Runs a block.</summary>
    /// <param name="block">A function of its inputs and of parameters, the same each time; one that only passes an input through may return it. Gradients of the parameters accumulate as usual.</param>
    /// <param name="inputs">Tensors, each with or without gradient.</param>
    /// <returns>The block's outputs, in the caller's dispose scope.</returns>
    public static Tensor[] Run(Func<Tensor[], Tensor[]> block, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(inputs);
        if (!is_grad_enabled()) return block(inputs);

        using var scope = NewDisposeScope();

        // Torch builds no graph for a function none of whose inputs needs a gradient, though the block's parameters do.
        var anchor = zeros(1, requires_grad: true);
        var outputs = RecomputeFunction.apply([block, anchor, .. inputs]);
        return [.. outputs.Select(output => output.MoveToOuterDisposeScope())];
    }

    private sealed class RecomputeFunction : autograd.MultiTensorFunction<RecomputeFunction>
    {
        // The block and the anchor come before the block's inputs.
        private const int Leading = 2;

        private const string BlockKey = "block";

        public override string Name => nameof(Recompute);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var block = (Func<Tensor[], Tensor[]>)vars[0];
            var inputs = vars.Skip(Leading).Cast<Tensor>().ToArray();
            ctx.save_for_backward([.. inputs]);
            ctx.save_data(BlockKey, block);

            // TorchSharp cannot make zeros for an output that nothing used, and ends the process when it tries.
            ctx.set_materialize_grads(false);
            using var withoutGradients = no_grad();
            return [.. block(inputs)];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            using var scope = NewDisposeScope();
            var block = (Func<Tensor[], Tensor[]>)ctx.get_data(BlockKey);
            var inputs = ctx.get_saved_variables().Select(saved => saved.detach().requires_grad_(saved.requires_grad)).ToArray();
            Tensor[] outputs;
            using (enable_grad()) outputs = block(inputs);

            // Some outputs depend on nothing that needs a gradient, and some were not used.
            var live = outputs.Zip(grad_outputs).Where(pair => pair.First.requires_grad && pair.Second is { IsInvalid: false }).ToList();
            if (live.Count > 0) autograd.backward([.. live.Select(pair => pair.First)], [.. live.Select(pair => pair.Second)]);

            return [null!, null!, .. inputs.Select(input => input.requires_grad ? input.grad?.MoveToOuterDisposeScope()! : null!)];
        }
    }
}
