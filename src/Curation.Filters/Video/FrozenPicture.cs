namespace Curation.Filters.Video;

/// <summary>Share of a clip's time in which the picture is frozen, after ffmpeg's freezedetect.</summary>
public static class FrozenPicture
{
    /// <summary>Largest mean absolute difference of a frozen picture, as a share of full scale: freezedetect's default -60 dB.</summary>
    public const float Noise = 0.001f;

    /// <summary>Shortest freeze. freezedetect's default is 2 s, which is as long as a whole clip may be; uncalibrated. Drawings held for two or three pictures stay below it.</summary>
    public static readonly TimeSpan ShortestFreeze = TimeSpan.FromSeconds(0.5);

    /// <summary>Share of the time between the first and the last picture that lies in freezes.</summary>
    /// <param name="frames">The clip's pictures.</param>
    /// <returns>0..1; null for fewer than two pictures.</returns>
    public static double? Ratio(ReadOnlySpan<PictureFrame> frames)
    {
        if (frames.Length < 2) return null;

        long frozen = 0;
        var start = 0;
        for (var i = 1; i <= frames.Length; i++)
        {
            if (i < frames.Length && frames[i].FreezeDifference <= Noise) continue;

            var run = frames[i - 1].Ticks - frames[start].Ticks;
            if (run >= ShortestFreeze.Ticks) frozen += run;
            start = i;
        }

        return frozen / (double)(frames[^1].Ticks - frames[0].Ticks);
    }
}
