namespace Klear.Model.Codecs.Transform;

/// <summary>Settings of <see cref="TransformVideoCodec"/>.</summary>
public sealed record TransformVideoOptions
{
    /// <summary>Coefficients of a block: 4 pictures of 8 x 8 pixels in 3 colours. With as many channels nothing is lost.</summary>
    public const int AllChannels = TransformVideoCodec.BlockPictures * TransformVideoCodec.BlockSide * TransformVideoCodec.BlockSide * 3;

    /// <summary>How many coefficients are kept, the coarsest first; 1..768. The default, an eighth, is what klear-nano trains on; uncalibrated.</summary>
    public int Channels { get; init; } = 96;

    internal void Check()
    {
        if (Channels is < 1 or > AllChannels) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, $"must be in 1..{AllChannels}");
    }
}
