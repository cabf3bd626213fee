using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, m mel bands, f mel frames, c channels, t time steps, z twice the latent channels, l latent frames

/// <summary>Mel frames to the mean and log variance of latent frames: three levels of width, of which the first halves the time.</summary>
internal sealed class MelVaeEncoder
{
    private const int BlocksPerLevel = 2;

    private readonly MpConvolution _convIn;
    private readonly MpResnetBlock[][] _levels;
    private readonly MpConvolution _beforeHalving;
    private readonly MpConvolution _afterHalving;
    private readonly MpConvolution _convOut;

    public MelVaeEncoder(CheckpointWeights weights, long bands, long width, long channels)
    {
        _convIn = new MpConvolution(weights, "encoder.conv_in", bands, width, 3);
        _levels = new MpResnetBlock[MelVae.Multipliers.Length][];
        var from = width;
        for (var level = 0; level < _levels.Length; level++)
        {
            var to = width * MelVae.Multipliers[level];
            _levels[level] = new MpResnetBlock[BlocksPerLevel];
            for (var block = 0; block < BlocksPerLevel; block++)
            {
                _levels[level][block] = new MpResnetBlock(weights, $"encoder.down.{level}.block.{block}", from, to);
                from = to;
            }
        }

        _beforeHalving = new MpConvolution(weights, "encoder.down.0.downsample.conv1", width, width, 1);
        _afterHalving = new MpConvolution(weights, "encoder.down.0.downsample.conv2", width, width, 1);
        Middle = new MelVaeMiddle(weights, "encoder.mid", from);
        _convOut = new MpConvolution(weights, "encoder.conv_out", from, 2 * channels, 3, gain: "encoder.learnable_gain");
    }

    public MelVaeMiddle Middle { get; }

    public MpConvolution ConvIn => _convIn;

    /// <summary>Encodes features of mean 0 and deviation 1.</summary>
    /// <param name="mel_bmf">Two frames or more; the last of an odd number is dropped.</param>
    /// <returns>[b, z, l]: means, then log variances.</returns>
    public Tensor Forward(Tensor mel_bmf)
    {
        using var scope = NewDisposeScope();
        var h_bct = _convIn.Forward(mel_bmf);
        for (var level = 0; level < _levels.Length; level++)
        {
            foreach (var block in _levels[level]) h_bct = MelVae.Clamp(block.Forward(h_bct));
            if (level == 0) h_bct = _afterHalving.Forward(functional.avg_pool1d(_beforeHalving.Forward(h_bct), 2, stride: 2));
        }

        return _convOut.Forward(MagnitudePreserving.Silu(Middle.Forward(h_bct))).MoveToOuterDisposeScope();
    }
}
