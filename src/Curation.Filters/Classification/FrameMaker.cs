using System.Numerics.Tensors;

namespace Curation.Filters.Classification;

/// <summary>Measures one frame from its windows; remembers the last spectrum for the flux.</summary>
internal sealed class FrameMaker
{
    private const double HzPerBin = 16_000.0 / PowerSpectrum.Length;
    private static readonly int[] BandEdges = [Bin(60), Bin(300), Bin(1000), Bin(4000), Bin(7600)];
    private static readonly int FlatnessFirst = Bin(100);
    private static readonly int FlatnessEnd = Bin(7000);

    // Power per bin under which a spectrum is taken as digital silence: far below 24-bit noise.
    private const float LeastPower = 1e-14f;

    private readonly PowerSpectrum _spectrum = new();
    private readonly MelBands _mel = new(16_000);
    private readonly PitchDetector _pitch = new();
    private readonly float[] _power = new float[PowerSpectrum.Bins];
    private readonly float[] _shape = new float[PowerSpectrum.Bins];
    private readonly float[] _lastShape = new float[PowerSpectrum.Bins];
    private readonly float[] _logs = new float[PowerSpectrum.Bins];
    private bool _hasLast;

    /// <param name="own">The frame's own 10 ms at 16 kHz.</param>
    /// <param name="wide">The spectrum's window at 16 kHz.</param>
    /// <param name="narrow">The pitch window at 8 kHz.</param>
    /// <param name="invalidShare">Share of samples that were not finite.</param>
    public VoiceFrame Make(ReadOnlySpan<float> own, ReadOnlySpan<float> wide, ReadOnlySpan<float> narrow, float invalidShare)
    {
        _spectrum.Compute(wide, _power);
        var total = TensorPrimitives.Sum<float>(_power.AsSpan(BandEdges[0], BandEdges[^1] - BandEdges[0]));

        return new VoiceFrame
        {
            LevelDbfs = Decibels(2 * TensorPrimitives.SumOfSquares(own) / own.Length),
            BassDb = BandDb(0),
            LowDb = BandDb(1),
            MiddleDb = BandDb(2),
            HighDb = BandDb(3),
            Flatness = Flatness(total),
            Flux = Flux(),
            PeakShare = PeakShare(total),
            Pitch = _pitch.Find(narrow),
            Cepstrum = _mel.Compute(_power),
            InvalidShare = invalidShare,
        };
    }

    private float BandDb(int band) =>
        Decibels(2 * TensorPrimitives.Sum<float>(_power.AsSpan(BandEdges[band], BandEdges[band + 1] - BandEdges[band])));

    private float Flatness(float total)
    {
        if (total < LeastPower * PowerSpectrum.Bins) return 0;

        var bins = _power.AsSpan(FlatnessFirst, FlatnessEnd - FlatnessFirst);
        var logs = _logs.AsSpan(0, bins.Length);
        TensorPrimitives.Add(bins, LeastPower, logs);
        var arithmetic = TensorPrimitives.Sum<float>(logs) / logs.Length;
        TensorPrimitives.Log<float>(logs, logs);
        return Math.Clamp(MathF.Exp(TensorPrimitives.Sum<float>(logs) / logs.Length) / arithmetic, 0, 1);
    }

    // 1 - cosine of the amplitude spectra.
    private float Flux()
    {
        TensorPrimitives.Sqrt<float>(_power, _shape);
        var norm = TensorPrimitives.Norm<float>(_shape);
        if (norm > 0) TensorPrimitives.Divide<float>(_shape, norm, _shape);
        var flux = _hasLast && norm > 0 ? Math.Clamp(1 - TensorPrimitives.Dot<float>(_shape, _lastShape), 0, 1) : 0;
        _shape.CopyTo(_lastShape, 0);
        _hasLast = norm > 0;
        return flux;
    }

    private float PeakShare(float total)
    {
        if (total < LeastPower * PowerSpectrum.Bins) return 0;

        var band = _power.AsSpan(BandEdges[0], BandEdges[^1] - BandEdges[0]);
        var peak = TensorPrimitives.IndexOfMax<float>(band);
        var first = Math.Max(0, peak - 1);
        return Math.Min(1, TensorPrimitives.Sum<float>(band[first..Math.Min(band.Length, peak + 2)]) / total);
    }

    private static float Decibels(float power) =>
        power > 1e-12f ? 10 * MathF.Log10(power) : VoiceFrame.FloorDb;

    private static int Bin(double hz) => (int)Math.Round(hz / HzPerBin);
}
