using Klear.Model.Model;
using Klear.Model.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Bench;

// b batch, l tokens, d hidden, n heads, h width of a head

/// <summary>What the parts of a block cost, forward and backward, as if all tokens were of one stream.</summary>
internal static class PartsBench
{
    private const int Rounds = 7;

    public static int Run(BenchShape shape)
    {
        Measure.Print($"{shape}; milliseconds of one block, forward and backward");
        using var scope = NewDisposeScope();
        var config = shape.Config;
        long l = shape.Tokens.Sum(), d = config.Hidden, h = config.HeadWidth;
        var x_bld = Leaf(shape.Batch, l, d);
        var wide = Leaf(shape.Batch, l, d * config.FeedForward);
        var heads = Enumerable.Range(0, 3).Select(_ => Leaf(shape.Batch, l, config.Heads, h)).ToArray();
        var packed = Leaf(shape.Batch, l, 3 * d);
        var modulation = Enumerable.Range(0, 3).Select(_ => Leaf(shape.Batch, 1, d)).ToArray();
        var (qkv, project, up, down) = (Linear(d, 3 * d), Linear(d, d), Linear(d, d * config.FeedForward), Linear(d * config.FeedForward, d));
        var norm = new RmsNorm(h);
        var (cos_lp, sin_lp) = MixedRope.Angles(config, MixedRope.VideoIds(config, l, 1, 1));
        var (cos, sin) = (cos_lp.unsqueeze(1), sin_lp.unsqueeze(1));
        (string Name, Func<Tensor> Forward)[] parts =
        [
            ("qkv", () => qkv.call(x_bld)),
            ("projection", () => project.call(x_bld)),
            ("up", () => up.call(x_bld)),
            ("down", () => down.call(wide)),
            ("attention", () => functional.scaled_dot_product_attention(heads[0].transpose(1, 2), heads[1].transpose(1, 2), heads[2].transpose(1, 2))),
            ("norm of heads, for queries and keys", Normalised),
            ("rotation, twice", () => MixedRope.Turn(heads[0], cos, sin) + MixedRope.Turn(heads[1], cos, sin)),
            ("norm and modulation, twice", () => KlearBlock.Modulate(x_bld, modulation[0], modulation[1]) + KlearBlock.Modulate(x_bld, modulation[1], modulation[0])),
            ("gated residual, twice", () => x_bld.addcmul(modulation[2], x_bld.addcmul(modulation[1], x_bld, 1), 1)),
            ("GELU", () => functional.gelu(wide, TorchSharp.Modules.GELU.Approximate.tanh)),
        ];
        var gradients = parts.Select(part => Shaped(part.Forward)).ToArray();

        var took = Measure.Alternate(Rounds, [.. parts.SelectMany((part, i) => new Action[] { () => part.Forward(), () => part.Forward().backward([gradients[i]]) })]);

        for (var i = 0; i < parts.Length; i++)
        {
            var (forward, both) = (Measure.Median(took[2 * i]), Measure.Median(took[(2 * i) + 1]));
            Measure.Print($"  {parts[i].Name}: {forward * 1000:0.0} + {(both - forward) * 1000:0.0}");
        }

        return 0;

        Tensor Normalised()
        {
            var qkv = packed.unflatten(2, [3, config.Heads, h]).unbind(2);
            return norm.call(qkv[0]) + norm.call(qkv[1]);
        }

        static Tensor Leaf(params long[] sizes) => randn(sizes).requires_grad_();
    }

    private static Tensor Shaped(Func<Tensor> forward)
    {
        using var scope = NewDisposeScope();
        return randn_like(forward()).detach().MoveToOuterDisposeScope();
    }
}
