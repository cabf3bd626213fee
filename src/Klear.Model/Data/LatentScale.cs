using static TorchSharp.torch;

namespace Klear.Model.Data;

/// <summary>Mean and deviation of each channel over all latents of a cache; the model works on latents that are normalised with it.</summary>
/// <param name="Mean">One number a channel.</param>
/// <param name="Deviation">Standard deviation of the population; 1 for a channel that does not vary.</param>
public sealed record LatentScale(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>Latents to what the model sees: mean 0 and deviation 1 in each channel.</summary>
    /// <param name="latents">Latents as a codec gives them.</param>
    /// <param name="channelDimension">Where their channels are: 1 in a batch, 0 in a sample.</param>
    /// <returns>In the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">They have another number of channels.</exception>
    public Tensor Normalise(Tensor latents, int channelDimension = 1)
    {
        using var scope = NewDisposeScope();
        var (mean, deviation) = Broadcast(latents, channelDimension);
        return ((latents - mean) / deviation).MoveToOuterDisposeScope();
    }

    /// <summary>What the model makes to latents that a codec decodes.</summary>
    /// <param name="normalised">Mean 0 and deviation 1 in each channel.</param>
    /// <param name="channelDimension">Where the channels are: 1 in a batch, 0 in a sample.</param>
    /// <returns>In the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">They have another number of channels.</exception>
    public Tensor Restore(Tensor normalised, int channelDimension = 1)
    {
        using var scope = NewDisposeScope();
        var (mean, deviation) = Broadcast(normalised, channelDimension);
        return ((normalised * deviation) + mean).MoveToOuterDisposeScope();
    }

    private (Tensor Mean, Tensor Deviation) Broadcast(Tensor latents, int channelDimension)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var shape = latents.shape;
        if (channelDimension < 0 || channelDimension >= shape.Length || shape[channelDimension] != Mean.Count)
        {
            throw new ArgumentException($"latents of shape [{string.Join(", ", shape)}] do not have {Mean.Count} channels in dimension {channelDimension}", nameof(latents));
        }

        var broadcast = new long[shape.Length];
        Array.Fill(broadcast, 1);
        broadcast[channelDimension] = Mean.Count;
        return (tensor(Mean.ToArray(), latents.dtype, latents.device).reshape(broadcast), tensor(Deviation.ToArray(), latents.dtype, latents.device).reshape(broadcast));
    }
}
