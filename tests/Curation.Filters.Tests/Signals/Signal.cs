using System.Numerics.Tensors;

namespace Curation.Filters.Tests.Signals;

/// <summary>Generated mono signals with a known answer, 48 kHz unless told otherwise. Add and scale them as arrays of float.</summary>
internal static class Signal
{
    public const int SampleRate = 48_000;

    public static float[] Silence(double seconds, int rate = SampleRate) => new float[Length(seconds, rate)];

    /// <summary>peak * sin(2 pi f t + phase).</summary>
    public static float[] Sine(double hertz, double peak, double seconds, int rate = SampleRate, double phase = 0)
    {
        var samples = new float[Length(seconds, rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)(peak * Math.Sin((2 * Math.PI * hertz * i / rate) + phase));
        return samples;
    }

    /// <summary>A sine cut off at +-limit: clipped where |peak * sin| exceeds the limit.</summary>
    public static float[] ClippedSine(double hertz, double peak, double limit, double seconds, int rate = SampleRate)
    {
        var samples = Sine(hertz, peak, seconds, rate);
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)Math.Clamp(samples[i], -limit, limit);
        return samples;
    }

    /// <summary>Frequency rises exponentially from the first to the last.</summary>
    public static float[] Sweep(double fromHertz, double toHertz, double peak, double seconds, int rate = SampleRate)
    {
        var samples = new float[Length(seconds, rate)];
        var growth = Math.Log(toHertz / fromHertz);
        for (var i = 0; i < samples.Length; i++)
        {
            var phase = 2 * Math.PI * fromHertz * seconds / growth * (Math.Exp(growth * i / samples.Length) - 1);
            samples[i] = (float)(peak * Math.Sin(phase));
        }

        return samples;
    }

    /// <summary>White Gaussian noise by Box and Muller's transform.</summary>
    public static float[] WhiteNoise(double rms, double seconds, int seed, int rate = SampleRate)
    {
        var random = new Random(seed);
        var samples = new float[Length(seconds, rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            samples[i] = (float)(rms * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return samples;
    }

    /// <summary>A sine that is switched on and off, starting on, for equal times.</summary>
    public static float[] Bursts(double hertz, double peak, double onSeconds, double offSeconds, double seconds, int rate = SampleRate)
    {
        var samples = Sine(hertz, peak, seconds, rate);
        var on = Length(onSeconds, rate);
        var period = on + Length(offSeconds, rate);
        for (var i = 0; i < samples.Length; i++)
        {
            if (i % period >= on) samples[i] = 0;
        }

        return samples;
    }

    /// <summary>White noise through a windowed-sinc low pass (Blackman, 1001 taps: the edge is about 260 Hz wide, the stop band 74 dB down).</summary>
    public static float[] LowPassed(ReadOnlySpan<float> samples, double cutoffHertz, int rate = SampleRate)
    {
        const int Half = 500;
        var taps = new float[(2 * Half) + 1];
        for (var i = 0; i < taps.Length; i++)
        {
            var t = i - Half;
            var x = 2 * cutoffHertz / rate;
            var sinc = t == 0 ? x : Math.Sin(Math.PI * x * t) / (Math.PI * t);
            var turn = 2 * Math.PI * i / (taps.Length - 1);
            taps[i] = (float)(sinc * (0.42 - (0.5 * Math.Cos(turn)) + (0.08 * Math.Cos(2 * turn))));
        }

        var filtered = new float[samples.Length];
        for (var i = 0; i < filtered.Length; i++)
        {
            // The taps are symmetric, so correlating is convolving.
            var from = Math.Max(0, i - Half);
            var to = Math.Min(samples.Length, i + Half + 1);
            filtered[i] = TensorPrimitives.Dot(samples[from..to], taps.AsSpan(from - i + Half, to - from));
        }

        return filtered;
    }

    public static float[] Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var sum = first.ToArray();
        for (var i = 0; i < sum.Length; i++) sum[i] += second[i];
        return sum;
    }

    public static float[] Scale(ReadOnlySpan<float> samples, double gain)
    {
        var scaled = samples.ToArray();
        for (var i = 0; i < scaled.Length; i++) scaled[i] = (float)(scaled[i] * gain);
        return scaled;
    }

    public static float[] Join(params float[][] parts) => [.. parts.SelectMany(part => part)];

    /// <summary>Rounds to 16-bit steps, as a sound file or a lossless track holds it.</summary>
    public static float[] Quantised16(ReadOnlySpan<float> samples)
    {
        var rounded = samples.ToArray();
        for (var i = 0; i < rounded.Length; i++) rounded[i] = (float)(Math.Clamp(Math.Round(rounded[i] * 32768.0), -32768, 32767) / 32768.0);
        return rounded;
    }

    /// <summary>Adds noise, scaled so that the powers over the whole length have the ratio.</summary>
    public static float[] AtSnr(ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, double snrDb)
    {
        var gain = Rms(clean) / Rms(noise) * Math.Pow(10, -snrDb / 20);
        return Add(clean, Scale(noise[..clean.Length], gain));
    }

    public static double Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples) sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>Left and right by turns.</summary>
    public static float[] Interleave(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var pairs = new float[2 * left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            pairs[2 * i] = left[i];
            pairs[(2 * i) + 1] = right[i];
        }

        return pairs;
    }

    private static int Length(double seconds, int rate) => (int)Math.Round(seconds * rate);
}
