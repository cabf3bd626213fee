using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Sampling;

// l tokens, k hashed pieces or width of a vector, c channels, h height, w width

/// <summary>What is to be generated, in the model's own terms: encoded texts in, latents out.</summary>
public sealed record SampleRequest
{
    /// <summary>What is given and what is generated.</summary>
    public required KlearTask Task { get; init; }

    /// <summary>The pictures' text [l, k]; null or without tokens for none.</summary>
    public Tensor? VideoText { get; init; }

    /// <summary>The sound's text [l, k]; null or without tokens for none.</summary>
    public Tensor? AudioText { get; init; }

    /// <summary>Bytes of what is said or sung [l], see <see cref="Text.SpeechTokens"/>, for a model with a path for them; null or without tokens for nothing. Guidance leads towards it: there is nothing said in what it leads away from.</summary>
    public Tensor? Speech { get; init; }

    /// <summary>What guidance leads away from in the pictures; null for no text at all.</summary>
    public Tensor? NegativeVideoText { get; init; }

    /// <summary>What guidance leads away from in the sound; null for no text at all.</summary>
    public Tensor? NegativeAudioText { get; init; }

    /// <summary>The given first frame's latents [c, h, w], on the scale of the training data; null where the task has none.</summary>
    public Tensor? Image { get; init; }

    /// <summary>Latent frames of the pictures.</summary>
    public int Frames { get; init; }

    /// <summary>Height of a latent frame.</summary>
    public int Height { get; init; }

    /// <summary>Width of a latent frame.</summary>
    public int Width { get; init; }

    /// <summary>Latent frames of the sound.</summary>
    public int AudioFrames { get; init; }

    /// <summary>How the way from noise to data is taken.</summary>
    public SampleSettings Settings { get; init; } = new();
}
