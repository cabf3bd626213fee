using Curation.Media.Probing;

namespace Curation.Media.Reading;

/// <summary>The pictures that a model wants.</summary>
public sealed record PictureRequest
{
    /// <summary>Pictures per second; up to 240. Picture k stands for the instant k / rate after the span's start, to half an interval, as ffmpeg's filter <c>fps</c> chooses.</summary>
    public required Rational Rate { get; init; }

    /// <summary>How the size is reached.</summary>
    public PictureFit Fit { get; init; } = PictureFit.ShortSide;

    /// <summary>Pixels, 1..8192; not used by <see cref="PictureFit.Native"/>.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Pixels, 1..8192; not used by <see cref="PictureFit.Native"/>.</summary>
    public int Height { get; init; } = 256;

    /// <summary>The kernel.</summary>
    public PictureScaler Scaler { get; init; }

    internal void Check()
    {
        if (Rate.Numerator <= 0 || Rate.Denominator <= 0 || Rate.Value > 240) throw new ArgumentOutOfRangeException(nameof(Rate), Rate, "must be above 0 and at most 240");
        if (Width is < 1 or > 8192) throw new ArgumentOutOfRangeException(nameof(Width), Width, "must be in 1..8192");
        if (Height is < 1 or > 8192) throw new ArgumentOutOfRangeException(nameof(Height), Height, "must be in 1..8192");
    }
}
