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

        var seconds = Measure.Alternate(Rounds, [() => Multiply(a, b, product), .. step.Parts]);

        var best = seconds[0].Select(time => 2.0 * Side * Side * Side / time).ToArray();
        var whole = Enumerable.Range(0, Rounds).Select(round => seconds.Skip(1).Sum(part => part[round])).ToArray();
        var rates = whole.Select(time => FlopCount.Training(shape.Config, shape.Tokens, shape.Batch) / time).ToArray();
        string[] names = ["forward", "backward", "clipping", "optimiser"];
        for (var i = 0; i < names.Length; i++) Measure.Print($"  {names[i]}: {Measure.Median(seconds[i + 1]) * 1000:0} ms");
        Measure.Print($"step: {Measure.Median(whole) * 1000:0} ms, {Measure.Median(rates) / 1e9:0.0} GFLOP/s, {shape.Batch * shape.Tokens.Sum() / Measure.Median(whole):0} tokens/s");
        Measure.Print($"product of {Side}^3: {Measure.Median(best) / 1e9:0.0} GFLOP/s");
        var ratios = rates.Zip(best, (rate, peak) => rate / peak).ToArray();
        Measure.Print($"step against product: {Measure.Median(ratios):0.00} (rounds {string.Join(", ", ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.00}")))}), aim 0.60");
        return 0;

        static void Multiply(Tensor left, Tensor right, Tensor result) => result.addmm_(left, right, beta: 0, alpha: 1);
    }
}
