using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Model;

// b batch, l tokens, s streams, m modulations (KlearLayout.Modulations), d hidden, n heads, h width of a head

/// <summary>
/// One block of omni-full attention: every stream is normalised and modulated by itself, all look at all in one softmax, and every stream has
/// its own way through the feed-forward layers. Modulation is one for the model; a block adds its own offsets for each stream.
/// </summary>
internal sealed class KlearBlock : Module
{
    private const string Offsets = "offsets";
    private const double NormEpsilon = 1e-6;

    private readonly StreamWeights[] _weights;

    public KlearBlock(KlearConfig config)
        : base(nameof(KlearBlock))
    {
        register_parameter(Offsets, Parameter(zeros(KlearLayout.Streams.Length, KlearLayout.Modulations, config.Hidden)));
        if (config.SharedWeights)
        {
            var shared = new StreamWeights(config);
            register_module("shared", shared);
            _weights = [.. Enumerable.Repeat(shared, KlearLayout.Streams.Length)];
            return;
        }

        _weights = [.. KlearLayout.Streams.Select(_ => new StreamWeights(config))];
        for (var stream = 0; stream < _weights.Length; stream++) register_module(KlearLayout.Streams[stream], _weights[stream]);
    }

    /// <summary>One pass.</summary>
    /// <param name="inputs">For each stream of the context its hidden states [b, l, d], then for each its modulation, [b, 1, m, d] or [b, l, m, d].</param>
    /// <param name="context">What does not learn.</param>
    /// <returns>The new hidden states, in the same order.</returns>
    public Tensor[] Run(Tensor[] inputs, BlockContext context)
    {
        using var scope = NewDisposeScope();
        var count = context.Streams.Count;
        var hidden = inputs[..count];

        // Asked for by name: converting a module to another type replaces its parameters.
        var offsets_smd = get_parameter(Offsets)!;
        var modulations = context.Streams.Select((stream, index) => (inputs[count + index] + offsets_smd[stream]).unbind(2)).ToArray();

        var attended = context.Streams.Select((stream, index) => _weights[stream].Attend(Modulate(hidden[index], modulations[index][0], modulations[index][1]))).ToArray();
        var (cos_l1p, sin_l1p) = (context.Cos.unsqueeze(1), context.Sin.unsqueeze(1));

        // Heads stay inside of tokens, as the linear layers write and read them; attention takes the transposed view as it is.
        var q_blnh = MixedRope.Turn(cat([.. attended.Select(parts => parts.Q)], 1), cos_l1p, sin_l1p);
        var k_blnh = MixedRope.Turn(cat([.. attended.Select(parts => parts.K)], 1), cos_l1p, sin_l1p);
        var v_blnh = cat([.. attended.Select(parts => parts.V)], 1);
        var mixed_bnlh = functional.scaled_dot_product_attention(q_blnh.transpose(1, 2), k_blnh.transpose(1, 2), v_blnh.transpose(1, 2), context.Keys);
        var parts = mixed_bnlh.transpose(1, 2).split([.. hidden.Select(x_bld => x_bld.shape[1])], 1);

        return [.. context.Streams.Select((stream, index) =>
        {
            var (weights, modulation) = (_weights[stream], modulations[index]);
            var x_bld = hidden[index].addcmul(modulation[2], weights.Project(parts[index]), 1);
            return x_bld.addcmul(modulation[5], weights.Feed(Modulate(x_bld, modulation[3], modulation[4])), 1).MoveToOuterDisposeScope();
        })];
    }

    internal static Tensor Modulate(Tensor x_bld, Tensor shift, Tensor scale)
    {
        using var scope = NewDisposeScope();
        return shift.addcmul(functional.layer_norm(x_bld, [x_bld.shape[^1]], eps: NormEpsilon), scale + 1, 1).MoveToOuterDisposeScope();
    }
}
