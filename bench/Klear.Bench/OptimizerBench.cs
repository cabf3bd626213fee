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

        var took = Measure.Alternate(Rounds, () => flat.Step(1e-4), () => each.step());

        Measure.Print($"FlatAdamW: {Measure.Median(took[0]) * 1000:0.0} ms; TorchSharp's AdamW over {KlearLayout.Parameters(shape.Config).Count()} tensors: {Measure.Median(took[1]) * 1000:0.0} ms");
        Measure.PrintRatio("time of ours against the library's", "0.50 or less", took[0], took[1]);
        return 0;
    }
}
