using Curation.Media.Probing;

namespace Curation.Media.Cutting;

/// <summary>The constant frame rate a clip is written at.</summary>
/// <param name="Rate">Frames per second.</param>
/// <param name="LargestError">Largest difference between a frame's time and its place on the grid.</param>
internal sealed record FrameGrid(Rational Rate, TimeSpan LargestError)
{
    /// <summary>A frame may lie this far off its place.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    /// <summary>A source that is constant keeps its rate up to this; a varying one is capped at <see cref="MostVarying"/>.</summary>
    private const double MostConstant = 240, MostVarying = 60;

    /// <summary>Film, PAL and NTSC rates and the round ones that cameras, phones and screen recorders write.</summary>
    private static readonly Rational[] Standard =
    [
        new(5, 1), new(6, 1), new(8, 1), new(10, 1), new(12, 1), new(25, 2), new(15000, 1001), new(15, 1), new(16, 1), new(18, 1), new(20, 1),
        new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(48, 1), new(50, 1), new(60000, 1001), new(60, 1),
    ];

    /// <summary>Chooses the rate.</summary>
    /// <param name="times">The source's frames in the clip, in order.</param>
    /// <param name="nominal">What the stream calls its rate; null where unknown.</param>
    /// <param name="average">Frames over time of the stream; null where unknown.</param>
    /// <returns>
    /// The stream's own rate where it puts every frame on the next place of a grid that starts at the first frame; else the lowest standard
    /// rate on whose grid every frame falls within 1 ms, each on a place of its own; else the stream's rate, capped at 60, with the error that leaves.
    /// </returns>
    public static FrameGrid Choose(IReadOnlyList<TimeSpan> times, Rational? nominal, Rational? average)
    {
        Rational?[] own = [nominal, average];
        foreach (var rate in own)
        {
            if (rate is { } r && r.Value <= MostConstant && Fits(times, r, dense: true) is { } error) return new FrameGrid(r, error);
        }

        var candidates = Standard.Concat(own.Where(r => r is not null && r.Value.Value <= MostVarying).Select(r => r!.Value)).OrderBy(r => r.Value);
        foreach (var rate in candidates)
        {
            if (Fits(times, rate, dense: false) is { } error) return new FrameGrid(rate, error);
        }

        var last = own.FirstOrDefault(r => r is not null && r.Value.Value <= MostVarying) ?? new Rational(60, 1);
        return new FrameGrid(last, Error(times, last));
    }

    /// <summary>How many frames of a rate fill a length, at least one.</summary>
    public static int Count(TimeSpan length, Rational rate) =>
        Math.Max(1, (int)Math.Round((decimal)length.Ticks * rate.Numerator / rate.Denominator / TimeSpan.TicksPerSecond, MidpointRounding.AwayFromZero));

    private static TimeSpan? Fits(IReadOnlyList<TimeSpan> times, Rational rate, bool dense)
    {
        long last = -1;
        foreach (var time in times)
        {
            var place = Place(time - times[0], rate);
            if (place <= last || (dense && place != last + 1)) return null;
            last = place;
        }

        var error = Error(times, rate);
        return error <= Tolerance ? error : null;
    }

    private static TimeSpan Error(IReadOnlyList<TimeSpan> times, Rational rate)
    {
        var largest = TimeSpan.Zero;
        foreach (var time in times)
        {
            var offset = time - times[0];
            var place = TimeSpan.FromTicks((long)Math.Round((decimal)Place(offset, rate) * TimeSpan.TicksPerSecond * rate.Denominator / rate.Numerator));
            var error = (offset - place).Duration();
            if (error > largest) largest = error;
        }

        return largest;
    }

    private static long Place(TimeSpan offset, Rational rate) =>
        (long)Math.Round((decimal)offset.Ticks * rate.Numerator / rate.Denominator / TimeSpan.TicksPerSecond);
}
