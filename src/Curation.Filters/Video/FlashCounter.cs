namespace Curation.Filters.Video;

/// <summary>Counts flashes and whole-frame changes that are undone.</summary>
/// <remarks>
/// ITU-R BT.1702: a flash is a pair of opposing changes of screen luminance of 20 cd/m2 or more, where the darker picture is below 160 cd/m2,
/// over more than a quarter of the picture. Departures: luminance is that of the means of 64 cells, on a 200 cd/m2 screen with the power law 2.4
/// of BT.1886; and any whole-frame change that is undone counts too, whatever its luminance.
/// </remarks>
public static class FlashCounter
{
    private const double ScreenLuminance = 200;
    private const double SmallestChange = 20;
    private const double BrightestDark = 160;
    private const double SmallestArea = 0.25;

    /// <summary>The two changes of a flash, and the cells of one change, lie within this time; BT.1702 counts flashes in windows of one second.</summary>
    private static readonly TimeSpan LongestFlash = TimeSpan.FromSeconds(1);

    /// <summary>Cells that change within this time change together; uncalibrated.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(0.12);

    private static readonly double[] Luminance = MakeLuminance();

    /// <summary>Flashes a second.</summary>
    /// <param name="frames">The clip's pictures.</param>
    /// <returns>0 and up; null for fewer than two pictures.</returns>
    public static double? PerSecond(ReadOnlySpan<PictureFrame> frames)
    {
        if (frames.Length < 2) return null;

        var events = LuminanceFlashes(frames);
        foreach (var jump in Jumps(frames))
        {
            if (!events.Exists(other => Math.Abs(other - jump) <= LongestFlash.Ticks / 2)) events.Add(jump);
        }

        return events.Count / TimeSpan.FromTicks(frames[^1].Ticks - frames[0].Ticks).TotalSeconds;
    }

    private static List<long> LuminanceFlashes(ReadOnlySpan<PictureFrame> frames)
    {
        const int Cells = LumaCells.Side * LumaCells.Side;
        Span<double> low = stackalloc double[Cells], high = stackalloc double[Cells];
        Span<int> direction = stackalloc int[Cells];
        Span<long> changed = stackalloc long[Cells];
        Start(frames[0], low, high);
        direction.Clear();
        changed.Fill(long.MinValue / 2);

        var flashes = new List<long>();
        var open = 0;
        var openTicks = long.MinValue / 2;
        for (var i = 1; i < frames.Length; i++)
        {
            ReadOnlySpan<byte> luma = frames[i].Luma;
            int up = 0, down = 0;
            for (var cell = 0; cell < Cells; cell++)
            {
                Follow(Luminance[luma[cell]], frames[i].Ticks, ref low[cell], ref high[cell], ref direction[cell], ref changed[cell]);
                if (frames[i].Ticks - changed[cell] > Together.Ticks) continue;
                if (direction[cell] > 0) up++;
                else down++;
            }

            var now = up > SmallestArea * Cells && up >= 3 * down ? 1 : down > SmallestArea * Cells && down >= 3 * up ? -1 : 0;
            if (now == 0 || (now == open && frames[i].Ticks - openTicks <= Together.Ticks)) continue;

            if (open == -now && frames[i].Ticks - openTicks <= LongestFlash.Ticks)
            {
                flashes.Add(frames[i].Ticks);
                open = 0;
                openTicks = long.MinValue / 2;
                // The change that closed this flash must not open the next.
                changed.Fill(long.MinValue / 2);
                continue;
            }

            open = now;
            openTicks = frames[i].Ticks;
        }

        return flashes;
    }

    /// <summary>Whole-frame changes that are undone within half a second: pictures of something else, colours turned over.</summary>
    private static List<long> Jumps(ReadOnlySpan<PictureFrame> frames)
    {
        const float SmallestContent = 20f;
        var jumps = new List<long>();
        for (var i = 1; i < frames.Length; i++)
        {
            if (frames[i].Content < SmallestContent) continue;

            var distance = Scene.PictureDistance.Between(frames[i - 1], frames[i]);
            if (distance < 10) continue;

            for (var k = i + 1; k < frames.Length && frames[k].Ticks - frames[i].Ticks <= LongestFlash.Ticks / 2; k++)
            {
                if (frames[k].Content < SmallestContent || Scene.PictureDistance.Between(frames[i - 1], frames[k]) > 0.3f * distance) continue;

                jumps.Add(frames[i].Ticks);
                i = k;
                break;
            }
        }

        return jumps;
    }

    private static void Start(in PictureFrame frame, Span<double> low, Span<double> high)
    {
        ReadOnlySpan<byte> luma = frame.Luma;
        for (var i = 0; i < luma.Length; i++) low[i] = high[i] = Luminance[luma[i]];
    }

    /// <summary>Follows a cell's luminance from turning point to turning point.</summary>
    private static void Follow(double value, long ticks, ref double low, ref double high, ref int direction, ref long changed)
    {
        if (direction <= 0) low = Math.Min(low, value);
        if (direction >= 0) high = Math.Max(high, value);
        if (direction <= 0 && value - low >= SmallestChange && low < BrightestDark)
        {
            direction = 1;
            high = value;
            changed = ticks;
        }
        else if (direction >= 0 && high - value >= SmallestChange && value < BrightestDark)
        {
            direction = -1;
            low = value;
            changed = ticks;
        }
    }

    private static double[] MakeLuminance()
    {
        var table = new double[256];
        for (var i = 0; i < table.Length; i++) table[i] = ScreenLuminance * Math.Pow(Math.Clamp((i - 16) / 219.0, 0, 1), 2.4);
        return table;
    }
}
