using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>SenseVoice's input: filter-bank features, seven frames stacked for every six, shifted and scaled. FunASR's <c>WavFrontend</c> without dither. Safe for several threads.</summary>
public sealed class SenseVoiceFrontend
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Frames stacked into a row.</summary>
    public const int Stacked = 7;

    /// <summary>Frames from row to row.</summary>
    public const int Step = 6;

    // The model was trained on 16-bit integers.
    private const float FullScale = 32768f;

    private static readonly KaldiFbank Fbanks = new(KaldiFbankOptions.SenseVoice);

    private readonly KaldiCmvn _cmvn;

    /// <summary>Takes the model's shift and scale.</summary>
    /// <param name="cmvn">From am.mvn: one pair for each of 7 x 80 features.</param>
    /// <exception cref="ArgumentException">It has another number of them.</exception>
    public SenseVoiceFrontend(KaldiCmvn cmvn)
    {
        ArgumentNullException.ThrowIfNull(cmvn);
        if (cmvn.Shift.Count != Columns || cmvn.Scale.Count != Columns) throw new ArgumentException($"am.mvn has {cmvn.Shift.Count} shifts and {cmvn.Scale.Count} scales; {Columns} are needed.", nameof(cmvn));

        _cmvn = cmvn;
    }

    /// <summary>Features of a row.</summary>
    public static int Columns => Stacked * KaldiFbankOptions.SenseVoice.MelBins;

    /// <summary>Computes the input of one clip.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1].</param>
    /// <returns>One row every 60 ms; no rows for fewer than two samples.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<float> samples)
    {
        var stacked = Stack(Fbank(samples));
        _cmvn.Apply(stacked);
        return stacked;
    }

    /// <summary>The features before stacking. Sound shorter than a window gets a window of its own length, as upstream.</summary>
    internal static FeatureMatrix Fbank(ReadOnlySpan<float> samples)
    {
        var scaled = new float[samples.Length];
        TensorPrimitives.Multiply(samples, FullScale, scaled);
        var length = (double)samples.Length / SampleRate * 1000;
        if (length >= KaldiFbankOptions.SenseVoice.FrameLengthMs) return Fbanks.Compute(scaled);
        if (samples.Length < 2) return new FeatureMatrix(0, KaldiFbankOptions.SenseVoice.MelBins, []);

        return new KaldiFbank(KaldiFbankOptions.SenseVoice with { FrameLengthMs = length }).Compute(scaled);
    }

    /// <summary>Row i holds frames 6 i - 3 to 6 i + 3, the outermost frames repeated.</summary>
    internal static FeatureMatrix Stack(FeatureMatrix frames)
    {
        var rows = (frames.Rows + Step - 1) / Step;
        var columns = Stacked * frames.Columns;
        var stacked = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < Stacked; i++)
            {
                var frame = Math.Clamp((row * Step) + i - (Stacked / 2), 0, frames.Rows - 1);
                frames.Row(frame).CopyTo(stacked.AsSpan((row * columns) + (i * frames.Columns)));
            }
        }

        return new FeatureMatrix(rows, columns, stacked);
    }
}
