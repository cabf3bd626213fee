namespace Curation.Filters.Video;

/// <summary>How steady the camera is: pan, tilt and zoom are steady, shake is not.</summary>
/// <remarks>
/// The path of the camera is what Grundmann et al. (2011) and Liu et al. (2011) smooth; the part that smoothing would take out is its shake.
/// Here the smooth path is a centred mean over 0.6 s, which leaves straight motion as it is.
/// </remarks>
public static class CameraStability
{
    /// <summary>Shake at which stability is one half: mean distance from the smooth path, as a share of the longer side; uncalibrated.</summary>
    private const double HalfStability = 0.003;

    /// <summary>Half of the window of the smooth path.</summary>
    private static readonly TimeSpan HalfWindow = TimeSpan.FromSeconds(0.3);

    /// <summary>Zoom and rotation count by what they move at this distance from the centre, as a share of the longer side.</summary>
    private const double Lever = 0.35;

    /// <summary>Smallest share of the picture that must agree with the fitted motion; uncalibrated.</summary>
    private const double SmallestFit = 0.3;

    /// <summary>1 for a steady camera, towards 0 the more it shakes.</summary>
    /// <param name="frames">The clip's pictures.</param>
    /// <returns>0..1; null where fewer than six pairs of pictures, or less than half of them, let a motion be fitted.</returns>
    public static double? Measure(ReadOnlySpan<PictureFrame> frames)
    {
        if (frames.IsEmpty) return null;

        var times = new List<long>();
        var path = new List<(double X, double Y, double Zoom, double Turn)>();
        var pairs = 0;
        (double X, double Y, double Zoom, double Turn) at = default;
        foreach (ref readonly var frame in frames)
        {
            if (!frame.HasMotion || frame.Ticks - frame.PairTicks < frames[0].Ticks) continue;

            pairs++;
            if (frame.FitShare < SmallestFit) continue;

            at = (at.X + frame.ShiftX, at.Y + frame.ShiftY, at.Zoom + Lever * frame.Zoom, at.Turn + Lever * frame.Rotation);
            path.Add(at);
            times.Add(frame.Ticks);
        }

        if (path.Count < 6 || 2 * path.Count < pairs) return null;

        double shake = 0;
        for (var i = 0; i < path.Count; i++) shake += Math.Sqrt(Distance(path, times, i));

        // The mean, not the root mean square: one swoop is not shake.
        return HalfStability / (HalfStability + shake / path.Count);
    }

    /// <summary>Squared distance of a point of the path from the mean of an equal number of points on both sides.</summary>
    private static double Distance(List<(double X, double Y, double Zoom, double Turn)> path, List<long> times, int i)
    {
        var reach = 0;
        while (i - reach - 1 >= 0 && i + reach + 1 < path.Count
            && times[i] - times[i - reach - 1] <= HalfWindow.Ticks && times[i + reach + 1] - times[i] <= HalfWindow.Ticks) reach++;

        double x = 0, y = 0, zoom = 0, turn = 0;
        for (var k = i - reach; k <= i + reach; k++)
        {
            x += path[k].X;
            y += path[k].Y;
            zoom += path[k].Zoom;
            turn += path[k].Turn;
        }

        var count = 2 * reach + 1;
        return Square(path[i].X - x / count) + Square(path[i].Y - y / count) + Square(path[i].Zoom - zoom / count) + Square(path[i].Turn - turn / count);
    }

    private static double Square(double value) => value * value;
}
