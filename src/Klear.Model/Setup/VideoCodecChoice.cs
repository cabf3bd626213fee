namespace Klear.Model.Setup;

/// <summary>Which codec turns pictures into latents.</summary>
public sealed record VideoCodecChoice
{
    /// <summary>Channels of the embedded transform codec; not read where there is a file.</summary>
    public int Channels { get; init; } = 96;

    /// <summary>Weights of a Wan 2.1 or 2.2 VAE; null for the embedded transform codec, which needs none.</summary>
    public string? Wan { get; init; }
}
