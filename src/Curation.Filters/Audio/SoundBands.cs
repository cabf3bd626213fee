using System.Runtime.CompilerServices;

namespace Curation.Filters.Audio;

/// <summary>A coarse spectrum of 10 ms of sound: the level of each of <see cref="Count"/> bands in one byte, 0.6 dB a step.</summary>
/// <remarks>
/// From a 1024-sample Hann window at 48 kHz (46.875 Hz a bin) centred on the frame. Bands are 94 Hz wide up to 750 Hz,
/// 188 Hz up to 3 kHz and 328 Hz from there to 24 kHz. Below 38 Hz the analysis high-pass takes over: an offset leaves no trace.
/// </remarks>
[InlineArray(Count)]
public struct SoundBands
{
    /// <summary>Number of bands.</summary>
    public const int Count = FineBands + MiddleBands + UpperBands;

    /// <summary>Values a band's byte can have.</summary>
    internal const int Codes = byte.MaxValue + 1;

    /// <summary>Samples in the analysis window.</summary>
    internal const int WindowSamples = 1024;

    private const int FineBands = 8;
    private const int FineBins = 2;
    private const int MiddleBands = 12;
    private const int MiddleBins = 4;
    private const int UpperBands = 64;
    private const int UpperBins = 7;
    private const double BinHertz = 48_000.0 / WindowSamples;

    /// <summary>Code 1; code 0 is everything below, digital silence included.</summary>
    private const double LowestDb = -140;

    /// <summary>256 steps reach +12 dB: a full-scale sine is -3 dB here, float sound may be louder.</summary>
    private const double StepDb = 0.6;

    private static readonly float[] PowerOfCode = MakePowers();

    private byte _first;

    /// <summary>First transform bin of a band; of <see cref="Count"/>, the end of the last one.</summary>
    internal static int FirstBin(int band) => band switch
    {
        <= FineBands => band * FineBins,
        <= FineBands + MiddleBands => (FineBands * FineBins) + ((band - FineBands) * MiddleBins),
        _ => (FineBands * FineBins) + (MiddleBands * MiddleBins) + ((band - FineBands - MiddleBands) * UpperBins),
    };

    /// <summary>Lower edge of a band.</summary>
    /// <param name="band">0 to <see cref="Count"/>; the latter gives 24 kHz.</param>
    /// <returns>Hz.</returns>
    public static double LowerEdgeHertz(int band) => FirstBin(band) * BinHertz;

    /// <summary>Mean square of the samples in a band, averaged over the channels; all bands together give the frame's mean square.</summary>
    /// <param name="band">0 to <see cref="Count"/> - 1.</param>
    /// <returns>A full-scale sine gives 0.5; 0 below -140 dB.</returns>
    public readonly float Power(int band) => PowerOfCode[this[band]];

    /// <summary>Adds every band's mean square to a sum.</summary>
    /// <param name="sums"><see cref="Count"/> sums.</param>
    public readonly void AddTo(Span<double> sums)
    {
        for (var band = 0; band < Count; band++) sums[band] += PowerOfCode[this[band]];
    }

    /// <summary>Mean square that a byte stands for.</summary>
    internal static float PowerOf(int code) => PowerOfCode[code];

    /// <summary>Stores 10 log10 of every band's mean square.</summary>
    internal void SetDecibels(ReadOnlySpan<float> decibels)
    {
        for (var band = 0; band < Count; band++)
        {
            var code = Math.Round((decibels[band] - LowestDb) / StepDb) + 1;
            this[band] = code >= 1 ? (byte)Math.Min(code, byte.MaxValue) : (byte)0;
        }
    }

    private static float[] MakePowers()
    {
        var powers = new float[Codes];
        for (var code = 1; code < powers.Length; code++) powers[code] = (float)Math.Pow(10, (LowestDb + (StepDb * (code - 1))) / 10);
        return powers;
    }
}
