using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>Whisper's log-mel spectrogram: 25 ms Hann windows every 10 ms, Slaney's bands, the range cut to 8 decades below the loudest value. Safe for several threads.</summary>
public sealed class WhisperLogMel
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples from frame to frame.</summary>
    public const int Hop = 160;

    /// <summary>Samples that the encoder hears at once: 30 s.</summary>
    public const int WindowSamples = 30 * SampleRate;

    /// <summary>Frames that the encoder hears at once.</summary>
    public const int WindowFrames = WindowSamples / Hop;

    private const int TransformLength = 400;
    private const double Floor = 1e-10;
    private const float DynamicRange = 8f;

    private readonly MelFrames _frames;

    /// <summary>Prepares window and filters.</summary>
    /// <param name="bins">80 for the models up to large-v2, 128 for large-v3.</param>
    public WhisperLogMel(int bins)
    {
        _frames = new MelFrames(
            AnalysisWindow.PeriodicHann(TransformLength),
            Hop,
            TransformLength,
            MelFilters.Slaney(bins, TransformLength, SampleRate),
            new Compression(Compression.Kind.Log10, Floor));
    }

    /// <summary>Number of mel bands.</summary>
    public int Bins => _frames.Bins;

    /// <summary>Computes the spectrogram.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1].</param>
    /// <param name="padding">Samples of silence put after it; upstream's <c>transcribe</c> adds <see cref="WindowSamples"/>.</param>
    /// <returns>One row per band, one column per whole hop; the last frame is dropped as upstream does.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or there are 200 samples or less with the padding.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<float> samples, int padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        FiniteSound.Require(samples, nameof(samples));
        var padded = new float[samples.Length + padding];
        samples.CopyTo(padded);
        var columns = padded.Length / Hop;
        var mel = new float[Bins * columns];
        if (columns == 0 && padded.Length > TransformLength / 2) return new FeatureMatrix(Bins, 0, mel);

        _frames.Run(CentredSound.Mirror(padded, TransformLength / 2), columns, mel, 1, columns);

        // The floor hangs on the loudest value of the whole sound, so a longer sound may change every value.
        TensorPrimitives.Max<float>(mel, TensorPrimitives.Max<float>(mel) - DynamicRange, mel);
        for (var i = 0; i < mel.Length; i++) mel[i] = (mel[i] + 4f) / 4f;
        return new FeatureMatrix(Bins, columns, mel);
    }

    /// <summary>Sound cut, or filled with silence, to a length.</summary>
    /// <param name="samples">Mono sound.</param>
    /// <param name="length">Samples wanted.</param>
    /// <returns>A new array.</returns>
    public static float[] PadOrTrim(ReadOnlySpan<float> samples, int length = WindowSamples)
    {
        var window = new float[length];
        samples[..Math.Min(length, samples.Length)].CopyTo(window);
        return window;
    }

    /// <summary>A stretch of a spectrogram; columns past its end are 0, which is not the value of silence but is what upstream's <c>pad_or_trim</c> puts there.</summary>
    /// <param name="mel">A spectrogram with one row per band.</param>
    /// <param name="firstFrame">First column taken.</param>
    /// <param name="frames">Columns wanted.</param>
    /// <returns>A new spectrogram.</returns>
    public static FeatureMatrix PadOrTrim(FeatureMatrix mel, int firstFrame, int frames = WindowFrames)
    {
        ArgumentNullException.ThrowIfNull(mel);
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        var taken = Math.Clamp(mel.Columns - firstFrame, 0, frames);
        var values = new float[mel.Rows * frames];
        for (var row = 0; row < mel.Rows && taken > 0; row++) mel.Row(row).Slice(firstFrame, taken).CopyTo(values.AsSpan(row * frames));
        return new FeatureMatrix(mel.Rows, frames, values);
    }
}
