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
        var heads = Enumerable.Range(0, 3).Select(_ => Leaf(shape.Batch, config.Heads, l, h)).ToArray();
        var packed = Leaf(shape.Batch, l, 3 * d);
        var modulation = Enumerable.Range(0, 3).Select(_ => Leaf(shape.Batch, 1, d)).ToArray();
        var (qkv, project, up, down) = (Linear(d, 3 * d), Linear(d, d), Linear(d, d * config.FeedForward), Linear(d * config.FeedForward, d));
        var norm = new RmsNorm(h);
        var (cos, sin) = MixedRope.Angles(config, cat([MixedRope.VideoIds(config, l, 1, 1)]));
        (string Name, Func<Tensor> Forward)[] parts =
        [
            ("qkv", () => qkv.call(x_bld)),
            ("projection", () => project.call(x_bld)),
            ("up", () => up.call(x_bld)),
            ("down", () => down.call(wide)),
            ("attention", () => functional.scaled_dot_product_attention(heads[0], heads[1], heads[2])),
            ("norm of heads, for queries and keys", () => norm.call(Unpack(packed)[0]) + norm.call(Unpack(packed)[1])),
            ("rotation, twice", () => MixedRope.Turn(heads[0], cos, sin) + MixedRope.Turn(heads[1], cos, sin)),
            ("heads back to the width", () => heads[0].transpose(1, 2).flatten(2)),
            ("norm and modulation, twice", () => KlearBlock.Modulate(x_bld, modulation[0], modulation[1]) + KlearBlock.Modulate(x_bld, modulation[1], modulation[0])),
            ("gated residual, twice", () => x_bld + (modulation[2] * (x_bld + (modulation[1] * x_bld)))),
            ("GELU", () => functional.gelu(wide, TorchSharp.Modules.GELU.Approximate.tanh)),
        ];
        var gradients = parts.Select(part => Shaped(part.Forward)).ToArray();

        var seconds = Measure.Alternate(Rounds, [.. parts.SelectMany((part, i) => new Action[] { () => part.Forward(), () => part.Forward().backward([gradients[i]]) })]);

        for (var i = 0; i < parts.Length; i++)
        {
            var (forward, both) = (Measure.Median(seconds[2 * i]), Measure.Median(seconds[(2 * i) + 1]));
            Measure.Print($"  {parts[i].Name}: {forward * 1000:0.0} + {(both - forward) * 1000:0.0}");
        }

        return 0;

        Tensor Unpack(Tensor x) => x.unflatten(2, [3, config.Heads, h]).permute(2, 0, 3, 1, 4);

        static Tensor Leaf(params long[] sizes) => randn(sizes).requires_grad_();
    }

    private static Tensor Shaped(Func<Tensor> forward)
    {
        using var scope = NewDisposeScope();
        return randn_like(forward()).detach().MoveToOuterDisposeScope();
    }
}
