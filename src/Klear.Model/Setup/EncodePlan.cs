using Klear.Model.Data;

namespace Klear.Model.Setup;

/// <summary>How clips become what a model trains on: rate, sizes and lengths, and the codecs and the text encoder.</summary>
public sealed record EncodePlan
{
    /// <summary>Rate, sizes and lengths.</summary>
    public EncodeOptions Clips { get; init; } = new();

    /// <summary>The codec of pictures.</summary>
    public VideoCodecChoice Video { get; init; } = new();

    /// <summary>The codec of sound.</summary>
    public AudioCodecChoice Audio { get; init; } = new();

    /// <summary>The encoder of captions.</summary>
    public TextEncoderChoice Text { get; init; } = new();
}
