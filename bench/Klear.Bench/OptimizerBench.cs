using Klear.Model.Model;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>The optimiser over flat buffers against the library's, which steps tensor by tensor.</summary>
internal static class OptimizerBench
{
    private const int Rounds = 9;

    public static int Run(BenchShape shape)
    {
        Measure.Print($"{shape}");
        using var ours = new KlearTransformer(shape.Config);
        using var theirs = new KlearTransformer(shape.Config);
        using var parameters = new FlatParameters(ours);
        using var flat = new FlatAdamW(parameters, new AdamWOptions());
        using var each = optim.AdamW(theirs.parameters(), 1e-4, weight_decay: 0.01);
        using (no_grad())
        {
            parameters.Gradient.normal_();
            foreach (var parameter in theirs.parameters()) parameter.grad = randn_like(parameter).DetachFromDisposeScope();
        }

        var seconds = Measure.Alternate(Rounds, () => flat.Step(1e-4), () => each.step());

        var ratios = seconds[0].Zip(seconds[1], (mine, its) => mine / its).ToArray();
        Measure.Print($"FlatAdamW: {Measure.Median(seconds[0]) * 1000:0.0} ms; TorchSharp's AdamW over {KlearLayout.Parameters(shape.Config).Count()} tensors: {Measure.Median(seconds[1]) * 1000:0.0} ms");
        Measure.Print($"ours against the library's: {Measure.Median(ratios):0.00} (rounds {string.Join(", ", ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.00}")))}), aim 0.50");
        return 0;
    }
}
