namespace Klear.Model.Setup;

/// <summary>Which codec turns sound into latents.</summary>
public sealed record AudioCodecChoice
{
    /// <summary>Channels of the embedded transform codec: 512 of 1024 reach to 11 kHz. Not read where there are files.</summary>
    public int Channels { get; init; } = 512;

    /// <summary>Weights of MMAudio's 44.1 kHz VAE; null for the embedded transform codec, which needs none.</summary>
    public string? MmAudio { get; init; }

    /// <summary>Weights of BigVGAN v2, which MMAudio's latents are played with; null where that is null.</summary>
    public string? BigVgan { get; init; }
}
