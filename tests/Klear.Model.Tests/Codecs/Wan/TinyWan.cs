using Curation.Models.Checkpoints;

namespace Klear.Model.Tests.Codecs.Wan;

/// <summary>Tensors with upstream's names and shapes for any widths, and values from a seed.</summary>
internal sealed class TinyWan : ITensorSource
{
    private static readonly int[] Multipliers = [1, 2, 4, 4];

    private readonly Dictionary<string, TensorData> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _infos = new(StringComparer.Ordinal);
    private readonly bool _staged;
    private readonly Random _random;

    public TinyWan(bool staged, int width = 4, int decoderWidth = 4, int blocks = 1, int seed = 1)
    {
        _staged = staged;
        _random = new Random(seed);
        var (channels, folded) = staged ? (48, 12) : (16, 3);

        Convolution("encoder.conv1", folded, width, 3, 3, 3);
        var last = width;
        for (var level = 0; level < 4; level++)
        {
            var next = width * Multipliers[level];
            for (var i = 0; i < blocks; i++, last = next) Residual(Name("encoder.downsamples", "downsamples", level, blocks, i), last, next);
            if (level == 3) continue;

            var name = Name("encoder.downsamples", "downsamples", level, blocks, blocks);
            Convolution($"{name}.resample.1", next, next, 3, 3);
            if (level > 0) Convolution($"{name}.time_conv", next, next, 3, 1, 1);
        }

        Middle("encoder", last);
        Head("encoder.head", last, 2 * channels);
        Convolution("conv1", 2 * channels, 2 * channels, 1, 1, 1);
        Convolution("conv2", channels, channels, 1, 1, 1);

        last = decoderWidth * Multipliers[3];
        Convolution("decoder.conv1", channels, last, 3, 3, 3);
        Middle("decoder", last);
        for (var level = 0; level < 4; level++)
        {
            var next = decoderWidth * Multipliers[3 - level];
            for (var i = 0; i <= blocks; i++, last = next) Residual(Name("decoder.upsamples", "upsamples", level, blocks + 1, i), last, next);
            if (level == 3) continue;

            var name = Name("decoder.upsamples", "upsamples", level, blocks + 1, blocks + 1);
            last = staged ? next : next / 2;
            Convolution($"{name}.resample.1", next, last, 3, 3);
            if (level < 2) Convolution($"{name}.time_conv", next, 2 * next, 3, 1, 1);
        }

        Head("decoder.head", last, folded);
    }

    public IReadOnlyDictionary<string, TensorInfo> Tensors => _infos;

    public TensorData this[string name]
    {
        get => _tensors[name];
        set => (_tensors[name], _infos[name]) = (value, value.Info);
    }

    public TensorData Read(string name) => _tensors[name];

    public void Remove(string name)
    {
        _tensors.Remove(name);
        _infos.Remove(name);
    }

    /// <summary>Nothing is open.</summary>
    public void Dispose()
    {
    }

    private string Name(string trunk, string stage, int level, int count, int index) =>
        _staged ? $"{trunk}.{level}.{stage}.{index}" : $"{trunk}.{level * (count + 1) + index}";

    private void Middle(string trunk, int width)
    {
        Residual($"{trunk}.middle.0", width, width);
        Norm($"{trunk}.middle.1.norm", width, 1, 1);
        Convolution($"{trunk}.middle.1.to_qkv", width, 3 * width, 1, 1);
        Convolution($"{trunk}.middle.1.proj", width, width, 1, 1);
        Residual($"{trunk}.middle.2", width, width);
    }

    private void Head(string name, int channels, int width)
    {
        Norm($"{name}.0", channels, 1, 1, 1);
        Convolution($"{name}.2", channels, width, 3, 3, 3);
    }

    private void Residual(string name, int channels, int width)
    {
        Norm($"{name}.residual.0", channels, 1, 1, 1);
        Convolution($"{name}.residual.2", channels, width, 3, 3, 3);
        Norm($"{name}.residual.3", width, 1, 1, 1);
        Convolution($"{name}.residual.6", width, width, 3, 3, 3);
        if (channels != width) Convolution($"{name}.shortcut", channels, width, 1, 1, 1);
    }

    private void Norm(string name, int channels, params long[] ones) => Add($"{name}.gamma", [channels, .. ones], 0.5, 1.5);

    private void Convolution(string name, int channels, int width, params long[] kernel)
    {
        var spread = Math.Sqrt(3.0 / (channels * kernel.Aggregate(1L, (cells, size) => cells * size)));
        Add($"{name}.weight", [width, channels, .. kernel], -spread, spread);
        Add($"{name}.bias", [width], -0.1, 0.1);
    }

    private void Add(string name, long[] shape, double least, double most)
    {
        var values = new float[shape.Aggregate(1L, (count, size) => count * size)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)(least + (most - least) * _random.NextDouble());
        this[name] = TensorData.FromFloats(shape, values);
    }
}
