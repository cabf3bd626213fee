namespace Curation.Models.Features;

/// <summary>Means and deviations that a picture model wants taken out of values 0..1, for red, green and blue.</summary>
public sealed class ChannelScale
{
    private readonly float[] _mean;
    private readonly float[] _deviation;
    private readonly float[][] _levels;

    private ChannelScale(float[] mean, float[] deviation)
    {
        _mean = mean;
        _deviation = deviation;
        _levels = [.. Enumerable.Range(0, mean.Length).Select(channel => Enumerable.Range(0, 256).Select(value => Apply(value / 255f, channel)).ToArray())];
    }

    /// <summary>OpenAI's CLIP, and ImageBind.</summary>
    public static ChannelScale Clip { get; } = new([0.48145466f, 0.4578275f, 0.40821073f], [0.26862954f, 0.26130258f, 0.27577711f]);

    /// <summary>ImageNet's statistics: Florence-2 and most older nets.</summary>
    public static ChannelScale ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>One half each: values -1..1, as ViT classifiers want.</summary>
    public static ChannelScale Halves { get; } = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

    /// <summary>Writes a packed picture as normalised planes.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="planes">Takes one plane per channel: as many values as there are bytes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Write(ReadOnlySpan<byte> rgb, Span<float> planes)
    {
        if (rgb.Length % RgbPictures.Channels != 0 || planes.Length < rgb.Length) throw new ArgumentException($"{rgb.Length} bytes of RGB24 do not fit into {planes.Length} values.", nameof(planes));

        var pixels = rgb.Length / RgbPictures.Channels;
        for (var channel = 0; channel < RgbPictures.Channels; channel++)
        {
            var levels = _levels[channel];
            var plane = planes.Slice(channel * pixels, pixels);
            for (var i = 0; i < pixels; i++) plane[i] = levels[rgb[(i * RgbPictures.Channels) + channel]];
        }
    }

    /// <summary>One value 0..1 of a channel, normalised.</summary>
    internal float Apply(float value, int channel) => (value - _mean[channel]) / _deviation[channel];
}
