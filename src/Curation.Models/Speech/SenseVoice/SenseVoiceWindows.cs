using System.Numerics.Tensors;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>Cuts long sound into stretches that SenseVoice was trained on and exported for.</summary>
internal static class SenseVoiceWindows
{
    /// <summary>Longest stretch: 30 s of frames of 60 ms. FunASR exports with masks for 512 frames.</summary>
    public const int Longest = 500;

    /// <summary>A stretch is cut at the quietest frame of its last 5 s; uncalibrated.</summary>
    private const int Search = 5000 / 60;

    /// <summary>Cuts.</summary>
    /// <param name="features">[T, width] normalised log-mels, whose mean follows the loudness.</param>
    /// <param name="width">Values in a frame.</param>
    /// <returns>First and end frames, without gaps.</returns>
    public static List<(int First, int End)> Cut(ReadOnlySpan<float> features, int width)
    {
        var frames = features.Length / width;
        var windows = new List<(int First, int End)>();
        var first = 0;
        while (frames - first > Longest)
        {
            var quietest = first + Longest - Search;
            var lowest = float.PositiveInfinity;
            for (var frame = quietest; frame < first + Longest; frame++)
            {
                var level = TensorPrimitives.Sum(features.Slice(frame * width, width));
                if (level >= lowest) continue;
                (lowest, quietest) = (level, frame);
            }

            windows.Add((first, quietest));
            first = quietest;
        }

        if (frames > first) windows.Add((first, frames));
        return windows;
    }
}
