using Curation.Clips.Measuring;

namespace Curation.Filters.Video;

/// <summary>The picture's measurements of a clip that need no model: slices of the time lines of the one analysis pass.</summary>
public static class PictureMeasurements
{
    /// <summary>Version of every method here.</summary>
    public const string Version = "1";

    private const string Nothing = "the clip has no pictures";

    /// <summary>Measures a clip.</summary>
    /// <param name="frames">The records of its pictures.</param>
    /// <param name="samples">The samples in its span.</param>
    /// <param name="sourceContext">Evidence of overlays over the whole source.</param>
    /// <param name="shortSidePx">Shorter side of the source's picture as shown, from the probe.</param>
    /// <returns>All rows, in the order of the catalogue; what cannot be made is unmeasured with the reason.</returns>
    public static IReadOnlyList<Measurement> Measure(
        ReadOnlySpan<PictureFrame> frames, ReadOnlySpan<PictureSample> samples, SourceOverlay sourceContext, int shortSidePx)
    {
        ArgumentNullException.ThrowIfNull(sourceContext);
        return
        [
            Make("short_side_px", shortSidePx > 0 ? shortSidePx : null, "the source's picture size is not known", "probe"),
            Make("motion_ratio", MotionRatio(frames), "fewer than two pictures within half a second of each other", "signal-dominant-motion"),
            Make("camera_stability", CameraStability.Measure(frames), "the camera's motion could not be fitted in enough pictures", "signal-camera-path"),
            Make("sharpness", Sharpness(frames), frames.IsEmpty ? Nothing : "the picture has no contrast", "signal-laplacian"),
            Make("saturation", Mean(frames, frame => frame.Saturation), Nothing, "signal-hsv"),
            Make("colourfulness", Mean(frames, frame => frame.Colourfulness), Nothing, "signal-hasler-suesstrunk"),
            Make("black_ratio", Mean(frames, frame => frame.DarkShare >= BlackPictureShare ? 1 : 0), Nothing, "signal-blackdetect"),
            Make("frozen_ratio", FrozenPicture.Ratio(frames), "fewer than two pictures", "signal-freezedetect"),
            Make("border_ratio", BlackBars.Ratio(samples), "every sampled picture is black", "signal-cropdetect"),
            Make("watermark", OverlayShare.Measure(samples, sourceContext), "too little of the source changes to tell an overlay from the scene", "signal-persistent-edges"),
            Make("effects", FlashCounter.PerSecond(frames), "fewer than two pictures", "signal-flash"),
        ];
    }

    /// <summary>Share of black pixels in a black picture: ffmpeg blackdetect's default.</summary>
    private const double BlackPictureShare = 0.98;

    /// <summary>Mean over time of the share of the picture that moves on its own; pairs that reach back before the clip do not count.</summary>
    private static double? MotionRatio(ReadOnlySpan<PictureFrame> frames)
    {
        double moving = 0, time = 0;
        foreach (ref readonly var frame in frames)
        {
            if (!frame.HasMotion || frame.Ticks - frame.PairTicks < frames[0].Ticks) continue;
            moving += frame.MovingShare * (double)frame.PairTicks;
            time += frame.PairTicks;
        }

        return time > 0 ? moving / time : null;
    }

    /// <summary>Log10 of the mean over the pictures of the Laplacian's variance relative to luma's. Pictures without contrast do not count.</summary>
    private static double? Sharpness(ReadOnlySpan<PictureFrame> frames)
    {
        const float LeastContrast = 4f;
        double sum = 0;
        var count = 0;
        foreach (ref readonly var frame in frames)
        {
            if (frame.LumaVariance < LeastContrast || frame.LaplacianVariance <= 0) continue;
            sum += frame.LaplacianVariance / frame.LumaVariance;
            count++;
        }

        return count > 0 ? Math.Log10(sum / count) : null;
    }

    private static double? Mean(ReadOnlySpan<PictureFrame> frames, Func<PictureFrame, double> value)
    {
        if (frames.IsEmpty) return null;

        double sum = 0;
        foreach (ref readonly var frame in frames) sum += value(frame);
        return sum / frames.Length;
    }

    private static Measurement Make(string name, double? value, string reason, string method) =>
        Measurement.FromNullable(name, value, reason, method, Version);
}
