using System.Globalization;
using System.Text.RegularExpressions;
using Curation.Models.Checkpoints;

namespace Klear.Model.Codecs.Wan;

/// <summary>Makes encoder and decoder from a file's tensors. Widths and the number of blocks are the file's; the order of halvings and doublings is what makes it Wan's.</summary>
internal sealed partial class WanBuilder
{
    private const int Resolutions = 4;

    // Whether the step from a resolution to the next lower one halves frames too.
    private static readonly bool[] HalvesFrames = [false, true, true];

    private readonly WanForm _form;
    private readonly WanWeights _weights;
    private readonly WanLayers _layers;
    private readonly int _blocks;

    public WanBuilder(ITensorSource source, WanForm form, WanWeights weights)
    {
        _form = form;
        _weights = weights;
        _layers = new WanLayers(weights);
        _blocks = Math.Max(1, form.Staged ? Largest(source, StagedBlock()) + 1 : (Largest(source, FlatBlock()) + 1) / Resolutions);
    }

    /// <summary>Which of the two has tensors of such names, or null.</summary>
    public static WanForm? Recognise(ITensorSource source)
    {
        if (Any("encoder.downsamples.0.downsamples.") || Any("decoder.upsamples.0.upsamples.")) return WanForm.Wan22;

        return Any("encoder.downsamples.0.residual.") || Any("decoder.upsamples.0.residual.") ? WanForm.Wan21 : null;

        bool Any(string start) => source.Tensors.Keys.Any(name => name.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>Folded pictures to mean and logarithm of the variance.</summary>
    public WanTrunk Encoder()
    {
        var stem = _layers.Stem("encoder.conv1", _form.FoldedChannels, out var width);
        var blocks = new List<WanBlock>();
        for (var level = 0; level < Resolutions; level++)
        {
            var channels = width;
            var inner = Residuals("encoder.downsamples", "downsamples", level, _blocks, ref width);
            var halves = level < Resolutions - 1;
            var halvesFrames = halves && HalvesFrames[level];
            if (halves) inner.Add(_layers.Downsample(Name("encoder.downsamples", "downsamples", level, _blocks, _blocks), width, halvesFrames));

            if (!_form.Staged)
            {
                blocks.AddRange(inner);
                continue;
            }

            var (frames, sides) = (halvesFrames ? 2 : 1, halves ? 2 : 1);
            CheckDivides(channels * frames * sides * sides, width, $"encoder.downsamples.{level}");
            blocks.Add(new WanDownStage(inner, width, frames, sides));
        }

        blocks.AddRange(_layers.Middle("encoder.middle", width));
        var (norm, head) = _layers.Head("encoder.head", width, 2 * _form.Channels);
        return new WanTrunk(stem, blocks, norm, head);
    }

    /// <summary>Latents to folded pictures. Each resolution has one block more than the encoder's.</summary>
    public WanTrunk Decoder()
    {
        var stem = _layers.Stem("decoder.conv1", _form.Channels, out var width);
        List<WanBlock> blocks = [.. _layers.Middle("decoder.middle", width)];
        for (var level = 0; level < Resolutions; level++)
        {
            var channels = width;
            var inner = Residuals("decoder.upsamples", "upsamples", level, _blocks + 1, ref width);
            if (level == Resolutions - 1)
            {
                blocks.AddRange(inner);
                break;
            }

            var doublesFrames = HalvesFrames[Resolutions - 2 - level];
            var name = Name("decoder.upsamples", "upsamples", level, _blocks + 1, _blocks + 1);
            if (!_form.Staged)
            {
                blocks.AddRange(inner);
                blocks.Add(_layers.Upsample(name, width, width / 2, doublesFrames));
                width /= 2;
                continue;
            }

            inner.Add(_layers.Upsample(name, width, width, doublesFrames));
            var frames = doublesFrames ? 2 : 1;
            CheckDivides(width * frames * 4, channels, $"decoder.upsamples.{level}");
            blocks.Add(new WanUpStage(inner, width, frames, 2));
        }

        var (norm, head) = _layers.Head("decoder.head", width, _form.FoldedChannels);
        return new WanTrunk(stem, blocks, norm, head);
    }

    private List<WanBlock> Residuals(string trunk, string stage, int level, int count, ref long width)
    {
        var blocks = new List<WanBlock>();
        for (var i = 0; i < count; i++) blocks.Add(_layers.Residual(Name(trunk, stage, level, count, i), width, i == 0 ? WanWeights.AnySize : width, out width));
        return blocks;
    }

    /// <summary>Wan2.1 counts the blocks of all resolutions, each with its resampling, in one row.</summary>
    private string Name(string trunk, string stage, int level, int count, int index) =>
        _form.Staged ? $"{trunk}.{level}.{stage}.{index}" : $"{trunk}.{level * (count + 1) + index}";

    private void CheckDivides(long cells, long channels, string name)
    {
        if (cells % channels != 0) throw _weights.Wrong($"the input beside '{name}' has {cells} values in a block and cannot be shared among {channels} channels");
    }

    /// <summary>The largest index in names of tensors; -1 where none fits. Taken over all of them, so that a missing tensor does not make a shallower network.</summary>
    private static int Largest(ITensorSource source, Regex pattern) => source.Tensors.Keys
        .Select(name => pattern.Match(name))
        .Where(match => match.Success)
        .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        .DefaultIfEmpty(-1)
        .Max();

    [GeneratedRegex(@"^encoder\.downsamples\.[0-9]+\.downsamples\.([0-9]{1,4})\.residual\.")]
    private static partial Regex StagedBlock();

    [GeneratedRegex(@"^encoder\.downsamples\.([0-9]{1,4})\.")]
    private static partial Regex FlatBlock();
}
