namespace Curation.Clips.Streaming;

/// <summary>One small picture of the analysis pass, valid only during the call it is passed to.</summary>
/// <remarks>Planar 4:2:0, 8 bits, BT.709 matrix, limited range (luma 16..235), rows without padding.</remarks>
public readonly ref struct PictureView
{
    /// <summary>Presentation time on the source's own clock.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Width in pixels; even.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels; even.</summary>
    public required int Height { get; init; }

    /// <summary>Width x Height luma samples.</summary>
    public required ReadOnlySpan<byte> Luma { get; init; }

    /// <summary>(Width / 2) x (Height / 2) samples of Cb, 128 is neutral.</summary>
    public required ReadOnlySpan<byte> Cb { get; init; }

    /// <summary>(Width / 2) x (Height / 2) samples of Cr, 128 is neutral.</summary>
    public required ReadOnlySpan<byte> Cr { get; init; }
}
