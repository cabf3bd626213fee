namespace Klear.Model.Codecs.Transform;

/// <summary>Settings of <see cref="TransformAudioCodec"/>.</summary>
public sealed record TransformAudioOptions
{
    /// <summary>How many of a frame's 1024 coefficients are kept, the lowest first; 1..1024. Each is 21.5 Hz wide: 256 keep what is below 5.5 kHz. With 1024 nothing is lost.</summary>
    public int Channels { get; init; } = TransformAudioCodec.HopSamples;

    internal void Check()
    {
        if (Channels is < 1 or > TransformAudioCodec.HopSamples) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, $"must be in 1..{TransformAudioCodec.HopSamples}");
    }
}
