using System.Diagnostics;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>Times of things that alternate, so that whatever else the machine does falls on all of them.</summary>
internal static class Measure
{
    /// <summary>Seconds of one call.</summary>
    public static double Seconds(Action work)
    {
        using var scope = NewDisposeScope();
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Seconds of each in each round; the first two rounds do not count.</summary>
    public static double[][] Alternate(int rounds, params Action[] works)
    {
        const int WarmUp = 2;
        var seconds = works.Select(_ => new double[rounds]).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var took = Seconds(works[i]);
                if (round >= 0) seconds[i][round] = took;
            }
        }

        return seconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
