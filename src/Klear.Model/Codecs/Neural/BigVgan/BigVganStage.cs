using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.BigVgan;

// b batch, c channels, n time steps

/// <summary>Multiplies the rate, halves the channels, and averages residual blocks of several kernels.</summary>
internal sealed class BigVganStage
{
    public BigVganStage(CheckpointWeights weights, BigVganConfig config, int index)
    {
        var to = config.InitialChannels >> (index + 1);
        var blocks = config.BlockKernelSizes.Count;
        Up = WeightNormConvolution.Upsampling(weights, $"ups.{index}.0", 2L * to, to, config.UpsampleKernelSizes[index], config.UpsampleRates[index]);
        Blocks = [.. Enumerable.Range(0, blocks).Select(i => new AmpBlock(weights, $"resblocks.{(index * blocks) + i}", to, config.BlockKernelSizes[i], config.BlockDilations[i]))];
    }

    internal WeightNormConvolution Up { get; }

    internal IReadOnlyList<AmpBlock> Blocks { get; }

    public Tensor Forward(Tensor x_bcn)
    {
        using var scope = NewDisposeScope();
        var up_bcn = Up.Forward(x_bcn);
        var sum_bcn = Blocks[0].Forward(up_bcn);
        foreach (var block in Blocks.Skip(1))
        {
            using var more_bcn = block.Forward(up_bcn);
            sum_bcn.add_(more_bcn);
        }

        return sum_bcn.div_(Blocks.Count).MoveToOuterDisposeScope();
    }
}
