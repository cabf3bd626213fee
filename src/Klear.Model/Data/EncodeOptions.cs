using Klear.Model.Codecs;

namespace Klear.Model.Data;

/// <summary>What of each clip is encoded. The defaults are klear-nano's: 2 s at 8 pictures a second and 64 x 64 pixels, which is 17 pictures in 5 latent frames and 86 frames of sound.</summary>
public sealed record EncodeOptions
{
    private const int MostPictures = 120;
    private const double MostSeconds = 600;

    /// <summary>Pictures a second, 1..120.</summary>
    public int PicturesPerSecond { get; init; } = 8;

    /// <summary>Sizes of pictures; each clip takes the one whose shape is nearest to its own, scaled to cover it and cut around the centre. Sides must be divisible by the codec's factor.</summary>
    public IReadOnlyList<PictureSize> Sizes { get; init; } = [new(64, 64)];

    /// <summary>Lengths in seconds, above 0 and at most 600; each clip takes the longest that it has and is cut from its start. Shorter clips are left out.</summary>
    public IReadOnlyList<double> Seconds { get; init; } = [2];

    /// <summary>Whether clips without any caption are kept, with empty texts; false leaves them out.</summary>
    public bool KeepUncaptioned { get; init; }

    /// <summary>Pictures of a length: the first, and whole latent frames after it.</summary>
    /// <param name="seconds">The length.</param>
    /// <param name="codec">Tells how many pictures a latent frame has.</param>
    /// <returns>1 + k times <see cref="IVideoCodec.TimeFactor"/>.</returns>
    public int Pictures(double seconds, IVideoCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return 1 + (Whole(seconds * PicturesPerSecond / codec.TimeFactor) * codec.TimeFactor);
    }

    /// <summary>Latent frames of sound in a length.</summary>
    /// <param name="seconds">The length.</param>
    /// <param name="codec">Tells how many samples a frame has.</param>
    /// <returns>Whole frames; at least 1.</returns>
    public static int AudioFrames(double seconds, IAudioCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Math.Max(1, Whole(seconds * codec.SampleRate / codec.Hop));
    }

    /// <summary>The longest length that a clip has.</summary>
    /// <param name="clipSeconds">The clip's own length. It may lack half a picture: the last picture stands at the very end.</param>
    /// <returns>One of <see cref="Seconds"/>; null where the clip is shorter than each.</returns>
    public double? LongestWithin(double clipSeconds)
    {
        var longest = Seconds.Where(seconds => seconds <= clipSeconds + (0.5 / PicturesPerSecond)).DefaultIfEmpty().Max();
        return longest > 0 ? longest : null;
    }

    internal void Check(IVideoCodec video)
    {
        if (PicturesPerSecond is < 1 or > MostPictures) throw Outside(nameof(PicturesPerSecond), PicturesPerSecond, $"must be in 1..{MostPictures}");
        if (Sizes.Count == 0) throw Outside(nameof(Sizes), "none", "must name a size");
        if (Seconds.Count == 0) throw Outside(nameof(Seconds), "none", "must name a length");
        foreach (var seconds in Seconds)
        {
            if (!(seconds is > 0 and <= MostSeconds)) throw Outside(nameof(Seconds), seconds, $"must be above 0 and at most {MostSeconds}");
        }

        foreach (var size in Sizes)
        {
            if (size.Width is < 1 or > 8192 || size.Height is < 1 or > 8192 || size.Width % video.SpaceFactor != 0 || size.Height % video.SpaceFactor != 0)
            {
                throw Outside(nameof(Sizes), $"{size.Width} x {size.Height}", $"sides must be in 1..8192 and divisible by {video.SpaceFactor}");
            }
        }
    }

    private static ArgumentOutOfRangeException Outside(string setting, object value, string rule) => new(setting, value, rule);

    // 0.3 s x 10 is 2.9999999999999996 in floating point and means 3.
    private static int Whole(double count) => (int)Math.Floor(count + 1e-9);
}
