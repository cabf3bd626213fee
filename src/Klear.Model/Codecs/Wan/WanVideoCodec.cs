using Curation.Models.Checkpoints;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t pictures or latent frames, h height, w width

/// <summary>
/// The causal autoencoders of Wan2.1 (16 channels, 4x8x8) and Wan2.2 (48 channels, 4x16x16) with weights from their published files.
/// A clip goes through in chunks, first one frame, then four at a time, so that memory grows with the size of the pictures and not with their
/// number. Latents are the normalised means of the encoder's distribution; nothing is drawn. It may be used from several threads.
/// </summary>
public sealed class WanVideoCodec : IVideoCodec
{
    private const int PicturesInChunk = 4;

    private readonly WanForm _form;
    private readonly WanWeights _weights;
    private readonly Device _device;
    private readonly WanTrunk _encoder;
    private readonly WanTrunk _decoder;
    private readonly WanCausalConv _toDistribution;
    private readonly WanCausalConv _fromLatents;
    private readonly Tensor _mean_c111;
    private readonly Tensor _inverseDeviation_c111;
    private bool _disposed;

    private WanVideoCodec(ITensorSource source, WanForm form, WanWeights weights, Device device)
    {
        _form = form;
        _weights = weights;
        _device = device;
        var builder = new WanBuilder(source, form, weights);
        var layers = new WanLayers(weights);
        _encoder = builder.Encoder();
        _toDistribution = layers.Pointwise("conv1", 2 * form.Channels, 2 * form.Channels);
        _fromLatents = layers.Pointwise("conv2", form.Channels, form.Channels);
        _decoder = builder.Decoder();
        weights.End();

        using var scope = NewDisposeScope();
        _mean_c111 = tensor(form.Mean, device: device).reshape(-1, 1, 1, 1).MoveToOuterDisposeScope().DetachFromDisposeScope();
        _inverseDeviation_c111 = (1f / tensor(form.Deviation, device: device)).reshape(-1, 1, 1, 1).MoveToOuterDisposeScope().DetachFromDisposeScope();
        Identity = $"{form.Name} autoencoder {TimeFactor}x{SpaceFactor}x{SpaceFactor} channels={Channels} sha256={weights.Digest}";
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Channels => _form.Channels;

    /// <inheritdoc/>
    public int TimeFactor => PicturesInChunk;

    /// <inheritdoc/>
    public int SpaceFactor => _form.SpaceFactor;

    /// <summary>Loads Wan2.1_VAE.pth, Wan2.2_VAE.pth or a safetensors file with the same names. The names say which of the two it is and how deep, the shapes how wide.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it computes; the CPU where null. Inputs are copied there, and results lie there.</param>
    /// <returns>The codec, computing in single precision; it owns its weights.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, or is none of these; the first missing or misshaped tensor is named.</exception>
    public static WanVideoCodec Load(string path, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        using var source = CheckpointFile.Open(path);
        return Load(source, path, device ?? CPU);
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor pictures_bcthw)
    {
        CheckPictures(pictures_bcthw);
        var pictures = pictures_bcthw.shape[2];
        if (pictures % TimeFactor != 1) throw new ArgumentException($"{pictures} pictures are not 1 + k * {TimeFactor}.", nameof(pictures_bcthw));

        return EncodeWholeChunks(pictures_bcthw);
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor latents_bcthw)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(latents_bcthw);
        if (latents_bcthw.shape is not [> 0, var c, > 0, > 0, > 0] || c != Channels || !latents_bcthw.is_floating_point())
        {
            throw new ArgumentException($"{Described(latents_bcthw)} is not latents: [batch, {Channels}, frames, height, width] of fractional numbers.", nameof(latents_bcthw));
        }

        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var history = new WanHistory();
        var (b, t, h, w) = (latents_bcthw.shape[0], latents_bcthw.shape[2], latents_bcthw.shape[3], latents_bcthw.shape[4]);
        var pictures_bcthw = empty([b, 3, 1 + (t - 1) * TimeFactor, h * SpaceFactor, w * SpaceFactor], ScalarType.Float32, _device);
        for (long frame = 0, at = 0; frame < t; frame++)
        {
            using var chunkScope = NewDisposeScope();
            var latent_bc1hw = latents_bcthw.narrow(2, frame, 1).to(ScalarType.Float32, _device).div(_inverseDeviation_c111).add_(_mean_c111);
            var folded_bcthw = _decoder.Forward(_fromLatents.Forward(latent_bc1hw, history), history);
            var chunk_bcthw = WanFrames.ChannelsToPatches(folded_bcthw, _form.Patch);
            pictures_bcthw.narrow(2, at, chunk_bcthw.shape[2]).copy_(chunk_bcthw);
            at += chunk_bcthw.shape[2];
            history.EndChunk();
        }

        return pictures_bcthw.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;

        _disposed = true;
        _weights.Dispose();
        _mean_c111.Dispose();
        _inverseDeviation_c111.Dispose();
    }

    /// <summary>As the public one, from tensors wherever they are; <paramref name="path"/> names them in messages.</summary>
    internal static WanVideoCodec Load(ITensorSource source, string path, Device device)
    {
        using var noGradient = no_grad();
        var weights = new WanWeights(source, path, device);
        var loaded = false;
        try
        {
            var form = WanBuilder.Recognise(source) ?? throw weights.Wrong("tensor 'encoder.downsamples.0.residual.0.gamma' (Wan2.1) or 'encoder.downsamples.0.downsamples.0.residual.0.gamma' (Wan2.2) is missing");
            var codec = new WanVideoCodec(source, form, weights, device);
            loaded = true;
            return codec;
        }
        finally
        {
            if (!loaded) weights.Dispose();
        }
    }

    /// <summary>As <see cref="Encode"/>, but pictures after the last whole chunk are left out, as upstream does.</summary>
    internal Tensor EncodeWholeChunks(Tensor pictures_bcthw)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var history = new WanHistory();
        var distribution_bcthw = _toDistribution.Forward(EncodeFeatures(pictures_bcthw), history);
        var mean_bcthw = distribution_bcthw.narrow(1, 0, Channels);
        return mean_bcthw.sub(_mean_c111).mul_(_inverseDeviation_c111).MoveToOuterDisposeScope();
    }

    /// <summary>What the encoder's layers give for each latent frame, before the mean is taken from it: twice <see cref="Channels"/>.</summary>
    internal Tensor EncodeFeatures(Tensor pictures_bcthw)
    {
        CheckPictures(pictures_bcthw);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var history = new WanHistory();
        var (b, h, w) = (pictures_bcthw.shape[0], pictures_bcthw.shape[3] / SpaceFactor, pictures_bcthw.shape[4] / SpaceFactor);
        var frames = 1 + (pictures_bcthw.shape[2] - 1) / TimeFactor;
        var features_bcthw = empty([b, 2 * Channels, frames, h, w], ScalarType.Float32, _device);
        for (long frame = 0; frame < frames; frame++)
        {
            using var chunkScope = NewDisposeScope();
            var chunk_bcthw = frame == 0 ? pictures_bcthw.narrow(2, 0, 1) : pictures_bcthw.narrow(2, 1 + (frame - 1) * TimeFactor, TimeFactor);
            var folded_bcthw = WanFrames.PatchesToChannels(chunk_bcthw.to(ScalarType.Float32, _device), _form.Patch);
            features_bcthw.narrow(2, frame, 1).copy_(_encoder.Forward(folded_bcthw, history));
            history.EndChunk();
        }

        return features_bcthw.MoveToOuterDisposeScope();
    }

    private static string Described(Tensor tensor) => $"A tensor of {tensor.dtype} [{string.Join(", ", tensor.shape)}]";

    private void CheckPictures(Tensor pictures_bcthw)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(pictures_bcthw);
        if (pictures_bcthw.shape is not [> 0, 3, > 0, var h and > 0, var w and > 0] || h % SpaceFactor != 0 || w % SpaceFactor != 0 || !pictures_bcthw.is_floating_point())
        {
            throw new ArgumentException($"{Described(pictures_bcthw)} is not pictures: [batch, 3, pictures, height, width] of fractional numbers, with sides divisible by {SpaceFactor}.", nameof(pictures_bcthw));
        }
    }
}
