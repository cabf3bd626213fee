using static TorchSharp.torch;

namespace Klear.Model.Model;

// b batch, c channels, t latent frames, h height, w width, l tokens or audio frames

/// <summary>What one pass through the model sees. A stream that is null is not part of the sequence.</summary>
public sealed record KlearInput
{
    /// <summary>Noisy video latents [b, c, t, h, w].</summary>
    public Tensor? Video { get; init; }

    /// <summary>Noisy audio latents [b, c, l].</summary>
    public Tensor? Audio { get; init; }

    /// <summary>Features of the pictures' text, [b, l, width] or [b, l, pieces].</summary>
    public Tensor? VideoText { get; init; }

    /// <summary>Which of them are tokens, Bool [b, l]; null where all are.</summary>
    public Tensor? VideoTextKeys { get; init; }

    /// <summary>Features of the sound's text.</summary>
    public Tensor? AudioText { get; init; }

    /// <summary>Which of them are tokens, Bool [b, l]; null where all are.</summary>
    public Tensor? AudioTextKeys { get; init; }

    /// <summary>Bytes of what is said or sung, Int64 [b, l]: see <see cref="Text.SpeechTokens"/>. They follow the sound's text in one stream; for models with a path for them.</summary>
    public Tensor? Speech { get; init; }

    /// <summary>Which of them are bytes rather than padding, Bool [b, l]; null where all are.</summary>
    public Tensor? SpeechKeys { get; init; }

    /// <summary>How far each sample is from noise (0) to data (1): Float [b].</summary>
    public required Tensor Time { get; init; }

    /// <summary>Whether the first video frame is given: clean, at time 1.</summary>
    public bool FirstFrameIsClean { get; init; }
}
