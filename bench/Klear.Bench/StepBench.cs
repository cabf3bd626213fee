using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>A training step against the machine's best: one large matrix product in the same process, on the same threads.</summary>
internal static class StepBench
{
    private const int Rounds = 7;
    private const int Side = 2048;

    public static int Run(BenchShape shape)
    {
        Measure.Print($"{shape}");
        using var scope = NewDisposeScope();
        using var step = new TrainingStep(shape);
        var (a, b, product) = (randn(Side, Side), randn(Side, Side), empty(Side, Side));

        var took = Measure.Alternate(Rounds, [() => Multiply(a, b, product), .. step.Parts]);

        Took[] whole = [.. Enumerable.Range(0, Rounds).Select(round => took.Skip(1).Select(part => part[round]).Aggregate((a, b) => a + b))];
        double flops = FlopCount.Training(shape.Config, shape.Tokens, shape.Batch), peak = 2.0 * Side * Side * Side;
        string[] names = ["forward", "backward", "clipping", "optimiser"];
        for (var i = 0; i < names.Length; i++) Measure.Print($"  {names[i]}: {Measure.Median(took[i + 1]) * 1000:0} ms");
        Measure.Print($"step: {Measure.Median(whole) * 1000:0} ms, {flops / Measure.Median(whole) / 1e9:0.0} GFLOP/s, {shape.Batch * shape.Tokens.Sum() / Measure.Median(whole):0} tokens/s");
        Measure.Print($"product of {Side}^3: {peak / Measure.Median(took[0]) / 1e9:0.0} GFLOP/s");
        Measure.PrintRatio("FLOP/s of the step against the product's", "0.60 or more", took[0], whole, flops / peak);
        return 0;

        static void Multiply(Tensor left, Tensor right, Tensor result) => result.addmm_(left, right, beta: 0, alpha: 1);
    }
}
