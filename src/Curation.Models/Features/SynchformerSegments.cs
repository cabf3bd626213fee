namespace Curation.Models.Features;

/// <summary>Which pictures and samples Synchformer looks at: overlapping segments in the middle of a crop of 5 s.</summary>
/// <param name="Count">Number of segments, 1..14.</param>
/// <param name="FirstFrame">First picture of the first segment.</param>
/// <param name="FirstSample">First sample of the first segment.</param>
public sealed record SynchformerSegments(int Count, int FirstFrame, int FirstSample)
{
    /// <summary>Pictures a second.</summary>
    public const int FrameRate = 25;

    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Pictures of a segment.</summary>
    public const int Frames = 16;

    /// <summary>Pictures from segment to segment.</summary>
    public const int FrameStride = Frames / 2;

    /// <summary>Samples of a segment: as long as its pictures.</summary>
    public const int Samples = Frames * SamplesPerFrame;

    /// <summary>Samples from segment to segment.</summary>
    public const int SampleStride = Samples / 2;

    /// <summary>Most segments that the model was trained with.</summary>
    public const int MostSegments = 14;

    /// <summary>Length of the crop in seconds.</summary>
    public const double CropSeconds = 5;

    /// <summary>Longest clip that upstream keeps, in seconds.</summary>
    public const double MostSeconds = 10;

    private const int SamplesPerFrame = SampleRate / FrameRate;

    /// <summary>Picks the segments as upstream does for a test clip.</summary>
    /// <param name="frames">Pictures at 25 a second.</param>
    /// <param name="samples">Samples at 16 kHz.</param>
    /// <param name="startSeconds">Where the crop of the pictures starts.</param>
    /// <param name="offsetSeconds">How much later the crop of the sound starts.</param>
    /// <returns>The segments, or null where the crop holds not even one (0.64 s). Where it is shorter than 5 s upstream refuses; here there are fewer segments.</returns>
    public static SynchformerSegments? Plan(int frames, int samples, double startSeconds = 0, double offsetSeconds = 0)
    {
        // Both streams are cut to the shorter one, in whole pictures.
        var seconds = Math.Min(MostSeconds, Math.Min((double)samples / SampleRate, (double)frames / FrameRate));
        frames = (int)(FrameRate * seconds);
        samples = frames * SamplesPerFrame;

        // The picture's start falls to the grid of pictures, the sound's start to that of samples: they may be up to 40 ms apart.
        startSeconds = Math.Round(startSeconds, 2);
        var frame = (int)(startSeconds * FrameRate);
        var sample = (int)((startSeconds + Math.Round(offsetSeconds, 2)) * SampleRate);
        if (frame < 0 || sample < 0) return null;

        frames = Math.Min(frames - frame, (int)(CropSeconds * FrameRate));
        samples = Math.Min(samples - sample, (int)(CropSeconds * SampleRate));
        if (frames < Frames || samples < Samples) return null;

        var count = Math.Min(MostSegments, Math.Min(((frames - Frames) / FrameStride) + 1, ((samples - Samples) / SampleStride) + 1));
        var margin = (frames - ((count + 1) * FrameStride)) / 2;
        if ((margin * SamplesPerFrame) + ((count + 1) * SampleStride) > samples) margin = 0;
        return new SynchformerSegments(count, frame + margin, sample + (margin * SamplesPerFrame));
    }
}
