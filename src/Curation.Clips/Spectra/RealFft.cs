using System.Numerics;

namespace Curation.Clips.Spectra;

/// <summary>Forward Fourier transform of real samples, power-of-two length. Unscaled, as in most libraries. Not thread-safe: it owns its scratch.</summary>
public sealed class RealFft
{
    private readonly ComplexFft _half;
    private readonly float[] _real;
    private readonly float[] _imaginary;
    private readonly float[] _cos;
    private readonly float[] _sin;
    private ComplexFft? _full;
    private float[]? _imaginaryOut;

    /// <summary>Prepares the tables.</summary>
    /// <param name="size">Samples per transform: a power of two, 4 or more.</param>
    public RealFft(int size)
    {
        if (size < 4 || !BitOperations.IsPow2(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "The length must be a power of two, 4 or more.");

        Size = size;
        _half = new ComplexFft(size / 2);
        _real = new float[size];
        _imaginary = new float[size];
        _cos = new float[(size / 2) + 1];
        _sin = new float[(size / 2) + 1];
        for (var k = 0; k <= size / 2; k++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * k / size);
            _cos[k] = (float)cos;
            _sin[k] = (float)sin;
        }
    }

    /// <summary>Samples per transform.</summary>
    public int Size { get; }

    /// <summary>Bins per spectrum: from 0 up to and including half the sample rate.</summary>
    public int Bins => (Size / 2) + 1;

    /// <summary>The spectrum of real samples.</summary>
    /// <param name="samples"><see cref="Size"/> samples.</param>
    /// <param name="real">Takes <see cref="Bins"/> real parts.</param>
    /// <param name="imaginary">Takes <see cref="Bins"/> imaginary parts.</param>
    public void Transform(ReadOnlySpan<float> samples, Span<float> real, Span<float> imaginary)
    {
        // Even samples ride as the real and odd ones as the imaginary part of a transform of half the length.
        var half = Size / 2;
        samples = samples[..Size];
        for (var i = 0; i < half; i++)
        {
            _real[i] = samples[2 * i];
            _imaginary[i] = samples[(2 * i) + 1];
        }

        _half.Transform(_real, _imaginary);
        for (var k = 0; k <= half; k++)
        {
            var a = k & (half - 1);
            var b = (half - k) & (half - 1);
            var evenReal = 0.5f * (_real[a] + _real[b]);
            var evenImaginary = 0.5f * (_imaginary[a] - _imaginary[b]);
            var oddReal = 0.5f * (_imaginary[a] + _imaginary[b]);
            var oddImaginary = -0.5f * (_real[a] - _real[b]);
            real[k] = evenReal + (oddReal * _cos[k]) - (oddImaginary * _sin[k]);
            imaginary[k] = evenImaginary + (oddReal * _sin[k]) + (oddImaginary * _cos[k]);
        }
    }

    /// <summary>The squared magnitudes of a spectrum.</summary>
    /// <param name="samples"><see cref="Size"/> samples.</param>
    /// <param name="power">Takes <see cref="Bins"/> squared magnitudes.</param>
    public void Power(ReadOnlySpan<float> samples, Span<float> power)
    {
        Span<float> imaginary = _imaginaryOut ??= new float[Bins];
        Transform(samples, power, imaginary);
        for (var k = 0; k < Bins; k++) power[k] = (power[k] * power[k]) + (imaginary[k] * imaginary[k]);
    }

    /// <summary>The squared magnitudes of two spectra, added up: one complex transform serves both.</summary>
    /// <param name="first"><see cref="Size"/> samples.</param>
    /// <param name="second"><see cref="Size"/> samples.</param>
    /// <param name="power">Takes <see cref="Bins"/> sums of squared magnitudes.</param>
    public void PowerOfPair(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> power)
    {
        _full ??= new ComplexFft(Size);
        first[..Size].CopyTo(_real);
        second[..Size].CopyTo(_imaginary);
        _full.Transform(_real, _imaginary);

        // For z = first + i second: |Z(k)|^2 + |Z(-k)|^2 = 2 (|First(k)|^2 + |Second(k)|^2).
        for (var k = 0; k < Bins; k++)
        {
            var mirror = (Size - k) & (Size - 1);
            power[k] = 0.5f * ((_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]) + (_real[mirror] * _real[mirror]) + (_imaginary[mirror] * _imaginary[mirror]));
        }
    }
}
