namespace Curation.Filters.Video;

/// <summary>Share of the picture in black bars that stay for the whole clip.</summary>
public static class BlackBars
{
    /// <summary>Bars as ffmpeg's cropdetect finds them: rows and columns whose mean luma is at most 24.</summary>
    /// <param name="samples">The clip's samples.</param>
    /// <returns>0..1; null where there is no sample, or all of them are black.</returns>
    public static double? Ratio(ReadOnlySpan<PictureSample> samples)
    {
        int top = int.MaxValue, bottom = int.MaxValue, left = int.MaxValue, right = int.MaxValue;
        int width = 0, height = 0;
        foreach (ref readonly var sample in samples)
        {
            if (sample.BarTop >= 2 * sample.Height) continue;

            width = 2 * sample.Width;
            height = 2 * sample.Height;
            top = Math.Min(top, sample.BarTop);
            bottom = Math.Min(bottom, sample.BarBottom);
            left = Math.Min(left, sample.BarLeft);
            right = Math.Min(right, sample.BarRight);
        }

        return width == 0 ? null : 1 - (width - left - right) * (double)(height - top - bottom) / (width * height);
    }
}
