namespace Klear.Model.Data;

/// <summary>What samples must have in common to be stacked: the shapes of their latents.</summary>
/// <param name="VideoFrames">Latent frames of picture; 0 where there is none.</param>
/// <param name="Height">Latent rows.</param>
/// <param name="Width">Latent columns.</param>
/// <param name="AudioFrames">Latent frames of sound; 0 where there is none.</param>
public readonly record struct LatentBucket(int VideoFrames, int Height, int Width, int AudioFrames)
{
    /// <inheritdoc/>
    public override string ToString() => $"v{VideoFrames}x{Height}x{Width}-a{AudioFrames}";
}
