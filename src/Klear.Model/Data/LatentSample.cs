using Curation.Clips;
using static TorchSharp.torch;

namespace Klear.Model.Data;

// c channels, t latent frames of picture, h rows, w columns, l latent frames of sound

/// <summary>One clip as the model reads it. Disposing it disposes its tensors.</summary>
/// <param name="Key">Name of the clip in the data set.</param>
/// <param name="Split">Kind of sound.</param>
/// <param name="Video_cthw">Latents as the codec gave them, not normalised; null where there is no picture.</param>
/// <param name="Audio_cl">Latents as the codec gave them, not normalised; null where there is no sound.</param>
/// <param name="VideoText">Tokens of what is seen: see <see cref="Text.ITextEncoder.Encode"/>.</param>
/// <param name="AudioText">Tokens of what is heard, and of what is said or sung where that has no path of its own.</param>
public sealed record LatentSample(string Key, Split Split, Tensor? Video_cthw, Tensor? Audio_cl, Tensor VideoText, Tensor AudioText) : IDisposable
{
    /// <summary>What is said or sung, where that has a path of its own; empty for nothing.</summary>
    public string Speech { get; init; } = "";

    /// <inheritdoc/>
    public void Dispose()
    {
        Video_cthw?.Dispose();
        Audio_cl?.Dispose();
        VideoText.Dispose();
        AudioText.Dispose();
    }
}
