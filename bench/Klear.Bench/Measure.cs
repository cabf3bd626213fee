using System.Diagnostics;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>Times of things that alternate, so that whatever else the machine does falls on all of them.</summary>
internal static class Measure
{
    /// <summary>What each took in each round; the first two rounds do not count.</summary>
    public static Took[][] Alternate(int rounds, params Action[] works)
    {
        const int WarmUp = 2;
        var all = works.Select(_ => new Took[rounds]).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var took = Once(works[i]);
                if (round >= 0) all[i][round] = took;
            }
        }

        return all;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static double Median(IEnumerable<Took> all) => Median(all.Select(took => took.Seconds));

    /// <summary>The median of the first's time against the second's, round by round, by the wall and by the processor.</summary>
    public static void PrintRatio(string what, string aim, IReadOnlyList<Took> first, IReadOnlyList<Took> second, double factor = 1)
    {
        double[] wall = [.. first.Zip(second, (a, b) => factor * a.Seconds / b.Seconds)], processor = [.. first.Zip(second, (a, b) => factor * a.Processor / b.Processor)];
        Print($"{what}: {Median(wall):0.00}, by processor time {Median(processor):0.00}; aim {aim} (rounds {string.Join(", ", wall.Select(ratio => FormattableString.Invariant($"{ratio:0.00}")))})");
    }

    public static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static Took Once(Action work)
    {
        using var scope = NewDisposeScope();
        var (started, begun) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return new Took(Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }
}
