using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, c channels, l latent frames, t time steps, m mel bands, f mel frames

/// <summary>Latent frames to mel frames: three levels of width from the widest down, of which the middle one doubles the time.</summary>
internal sealed class MelVaeDecoder
{
    private const int BlocksPerLevel = 3;
    private const int DoublingLevel = 1;

    private readonly MpConvolution _convIn;
    private readonly MelVaeMiddle _middle;
    private readonly MpResnetBlock[][] _levels;
    private readonly MpConvolution _afterDoubling;
    private readonly MpConvolution _convOut;

    public MelVaeDecoder(CheckpointWeights weights, long bands, long width, long channels)
    {
        _levels = new MpResnetBlock[MelVae.Multipliers.Length][];
        var from = width * MelVae.Multipliers[^1];
        _convIn = new MpConvolution(weights, "decoder.conv_in", channels, from, 3);
        _middle = new MelVaeMiddle(weights, "decoder.mid", from);
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            var to = width * MelVae.Multipliers[level];
            _levels[level] = new MpResnetBlock[BlocksPerLevel];
            for (var block = 0; block < BlocksPerLevel; block++)
            {
                _levels[level][block] = new MpResnetBlock(weights, $"decoder.up.{level}.block.{block}", from, to);
                from = to;
            }
        }

        var doubled = width * MelVae.Multipliers[DoublingLevel];
        _afterDoubling = new MpConvolution(weights, $"decoder.up.{DoublingLevel}.upsample.conv", doubled, doubled, 3);
        _convOut = new MpConvolution(weights, "decoder.conv_out", from, bands, 3, gain: "decoder.learnable_gain");
    }

    /// <summary>Decodes.</summary>
    /// <param name="latents_bcl">Latents.</param>
    /// <returns>[b, m, f], f = 2 l, of mean 0 and deviation 1.</returns>
    public Tensor Forward(Tensor latents_bcl)
    {
        using var scope = NewDisposeScope();
        var h_bct = _middle.Forward(_convIn.Forward(latents_bcl));
        for (var level = _levels.Length - 1; level >= 0; level--)
        {
            foreach (var block in _levels[level]) h_bct = MelVae.Clamp(block.Forward(h_bct));
            if (level == DoublingLevel) h_bct = _afterDoubling.Forward(h_bct.repeat_interleave(2, dim: 2));
        }

        return _convOut.Forward(MagnitudePreserving.Silu(h_bct)).MoveToOuterDisposeScope();
    }
}
