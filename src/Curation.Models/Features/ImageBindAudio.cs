using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>ImageBind's sound input: three stretches of 2 s as filter-bank features. Safe for several threads.</summary>
public sealed class ImageBindAudio
{
    /// <summary>Samples a second that are analysed; other rates are resampled.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Stretches of a sound.</summary>
    public const int Clips = 3;

    /// <summary>Mel bands.</summary>
    public const int Bins = 128;

    /// <summary>Frames: 198 from 2 s, the rest padding.</summary>
    public const int Frames = 204;

    /// <summary>Fewest samples at 16 kHz: one frame of 25 ms.</summary>
    public const int FewestSamples = 400;

    private const int ClipSeconds = 2;

    // Upstream divides by the deviation itself, not by twice it as AST does.
    private const float Mean = -4.268f;
    private const float Deviation = 9.138f;

    private readonly KaldiFbank _fbank = new(KaldiFbankOptions.Ast);

    /// <summary>Computes the input <c>audio</c> of a mono sound.</summary>
    /// <param name="samples">Mono sound in [-1, 1].</param>
    /// <param name="sampleRate">Its rate.</param>
    /// <returns>[3, 1, 128, 204]: stretches, channel, bands, frames.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or the sound is shorter than <see cref="FewestSamples"/>.</exception>
    public float[] Compute(float[] samples, int sampleRate) => Compute([samples], sampleRate);

    /// <summary>Computes the input <c>audio</c>. Only the first channel is analysed, but the mean that is subtracted is that of all.</summary>
    /// <param name="channels">Channels of equal length, in [-1, 1].</param>
    /// <param name="sampleRate">Their rate.</param>
    /// <returns>[3, 1, 128, 204]: stretches, channel, bands, frames.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or the sound is shorter than <see cref="FewestSamples"/>, or the channels differ in length.</exception>
    public float[] Compute(IReadOnlyList<float[]> channels, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var resampler = new SincResampler(sampleRate, SampleRate);
        var sound = channels.Select(channel => resampler.Resample(channel)).ToArray();
        if (sound.Length == 0 || sound[0].Length < FewestSamples) throw new ArgumentException($"ImageBind needs {FewestSamples} samples at 16 kHz, here are {sound.FirstOrDefault()?.Length ?? 0}.", nameof(channels));
        if (sound.Any(channel => channel.Length != sound[0].Length)) throw new ArgumentException("The channels differ in length.", nameof(channels));

        var input = new float[Clips * Bins * Frames];
        for (var clip = 0; clip < Clips; clip++)
        {
            var (start, length) = Span(sound[0].Length, clip);
            SubtractMean(sound, start, length);
            Write(_fbank.Compute(sound[0].AsSpan(start, length)), input.AsSpan(clip * Bins * Frames, Bins * Frames));
        }

        return input;
    }

    /// <summary>Where a stretch lies in the sound at 16 kHz.</summary>
    internal static (int Start, int Length) Span(int samples, int clip)
    {
        var start = (int)ClipSampling.StartUnits(samples / (double)SampleRate, ClipSeconds, Clips, clip, SampleRate);
        return (start, Math.Min(ClipSeconds * SampleRate, samples - start));
    }

    // In place, as upstream: where stretches overlap, the later one starts from what the earlier one left.
    private static void SubtractMean(float[][] sound, int start, int length)
    {
        var sum = 0.0;
        foreach (var channel in sound)
        {
            foreach (var sample in channel.AsSpan(start, length)) sum += sample;
        }

        var mean = (float)(sum / ((double)length * sound.Length));
        foreach (var channel in sound) TensorPrimitives.Subtract(channel.AsSpan(start, length), mean, channel.AsSpan(start, length));
    }

    private static void Write(FeatureMatrix fbank, Span<float> input)
    {
        // Padding is 0 before the normalisation.
        input.Fill((0f - Mean) / Deviation);
        for (var frame = 0; frame < Math.Min(Frames, fbank.Rows); frame++)
        {
            var row = fbank.Row(frame);
            for (var bin = 0; bin < Bins; bin++) input[(bin * Frames) + frame] = (row[bin] - Mean) / Deviation;
        }
    }
}
