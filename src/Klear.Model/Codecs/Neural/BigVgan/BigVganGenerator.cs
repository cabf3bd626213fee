using System.IO.Hashing;
using System.Text;
using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.BigVgan;

// b batch, m mel bands, f mel frames, c channels, n samples

/// <summary>The vocoder BigVGAN v2 (github.com/NVIDIA/BigVGAN): mel frames to sound.</summary>
internal sealed class BigVganGenerator : IDisposable
{
    private const int EndWidth = 7;

    private readonly CheckpointWeights _weights;
    private readonly BigVganStage[] _stages;
    private readonly AntiAliasedSnake _activationPost;
    private readonly WeightNormConvolution _convPost;

    private BigVganGenerator(CheckpointWeights weights, BigVganConfig config)
    {
        _weights = weights;
        var last = config.InitialChannels >> config.UpsampleRates.Count;
        ConvPre = WeightNormConvolution.Same(weights, "conv_pre", config.Mel.Bands, config.InitialChannels, EndWidth);
        _stages = [.. config.UpsampleRates.Select((_, i) => new BigVganStage(weights, config, i))];
        _activationPost = new AntiAliasedSnake(weights, "activation_post", last);
        _convPost = WeightNormConvolution.Same(weights, "conv_post", last, 1, EndWidth, hasBias: false);
    }

    /// <summary>A hash of the settings and of the weights in the file.</summary>
    public string Digest { get; private set; } = "";

    internal WeightNormConvolution ConvPre { get; }

    internal IReadOnlyList<BigVganStage> Stages => _stages;

    /// <summary>Reads a published bigvgan_generator.pt, or the same tensors as safetensors.</summary>
    /// <exception cref="CheckpointException">The file is damaged or of another format.</exception>
    /// <exception cref="CheckpointMismatchException">Its tensors are not those that the settings ask for.</exception>
    public static BigVganGenerator Load(string path, BigVganConfig config, Device device)
    {
        using var source = CheckpointFile.Open(path, "generator");
        var generator = new BigVganGenerator(new CheckpointWeights(source), config);
        var digest = generator._weights.Load($"the BigVGAN v2 of its config.json ({path})", device);
        generator.Digest = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{config.Line} {digest}")));
        return generator;
    }

    /// <summary>Mel frames to sound.</summary>
    /// <param name="mel_bmf">What <see cref="LogMel"/> gives, one frame or more.</param>
    /// <returns>Samples, clamped to [-1, 1]: [b, n], a hop for each frame.</returns>
    public Tensor Forward(Tensor mel_bmf)
    {
        using var scope = NewDisposeScope();
        return _convPost.Forward(Features(mel_bmf)).clamp_(-1, 1).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>What the last convolution reads.</summary>
    internal Tensor Features(Tensor mel_bmf)
    {
        using var scope = NewDisposeScope();
        var x_bcn = ConvPre.Forward(mel_bmf);
        foreach (var stage in _stages)
        {
            using var before_bcn = x_bcn;
            x_bcn = stage.Forward(before_bcn);
        }

        return _activationPost.Forward(x_bcn).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}
