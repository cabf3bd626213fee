using System.Numerics.Tensors;
using Curation.Clips.Spectra;
using Curation.Clips.Streaming;
using Curation.Filters.Classification;

namespace Curation.Filters.Duplicates;

/// <summary>Makes fingerprint words of sound: 32 signs of how the difference of neighbouring bands changes, after Haitsma and Kalker.</summary>
/// <remarks>
/// Signs do not know of gain, and little of a codec. Departures: 20 words a second instead of 86, changes over 0.2 s, bands up to 3400 Hz, and a word
/// whose bands hold next to nothing is 0. Word k is centred at k * 50 ms from the first sample. One per source; not safe for several threads.
/// </remarks>
public sealed class SoundPrinter
{
    /// <summary>Words a second.</summary>
    public const int PerSecond = 20;

    private const int Rate = 8000;
    private const int Hop = Rate / PerSecond;
    private const int Window = 2048;
    private const int Bits = 32;

    /// <summary>Words between the two spectra that a word compares.</summary>
    private const int Lag = 4;

    private const double LowestHz = 300;
    private const double HighestHz = 3400;

    /// <summary>Level of all bands in dBFS below which a word says nothing: under what 16 bits and the quietest rooms leave. Uncalibrated.</summary>
    private const double LeastDbfs = -65;

    // 60 dB over full scale: nothing recorded is louder, and squares stay finite.
    private const float LargestSample = 1000;

    private static readonly int[] Edges = [.. Enumerable.Range(0, Bits + 2).Select(index => (int)Math.Round(LowestHz * Math.Pow(HighestHz / LowestHz, index / (Bits + 1.0)) * Window / Rate))];

    // Pass to 3.6 kHz, stop from 4.4 kHz on.
    private readonly FirDecimator _decimator = new(SoundView.SampleRate / Rate, 144, 3900.0 / SoundView.SampleRate);
    private readonly SampleQueue _samples = new(Window);
    private readonly RealFft _fft = new(Window);
    private readonly float[] _window = new float[Window];
    private readonly float[] _windowed = new float[Window];
    private readonly float[] _power = new float[(Window / 2) + 1];
    private readonly float[][] _bands = [.. Enumerable.Range(0, Lag + 1).Select(_ => new float[Bits + 1])];
    private readonly float _leastPower;
    private float[] _clean = [];
    private long _pushed;
    private long _made;

    /// <summary>Starts with nothing heard.</summary>
    public SoundPrinter()
    {
        for (var i = 0; i < Window; i++) _window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Window)));

        // A sine of amplitude A on a bin: A^2 / 4 * (sum of the window)^2 over its main lobe, times 1.5 for the lobe's sides; a full-scale one is 0 dBFS.
        var sum = TensorPrimitives.Sum<float>(_window);
        _leastPower = (float)(1.5 * sum * sum / 4 * Math.Pow(10, LeastDbfs / 10));
    }

    /// <summary>Takes the next samples.</summary>
    /// <param name="mono">Mono samples at <see cref="SoundView.SampleRate"/>; what is not finite counts as 0.</param>
    /// <param name="words">Receives the words that became complete.</param>
    public void Push(ReadOnlySpan<float> mono, ICollection<uint> words)
    {
        ArgumentNullException.ThrowIfNull(words);

        _pushed += mono.Length;
        _decimator.Push(Clean(mono), _samples);
        Make(long.MaxValue, words);
    }

    /// <summary>Ends the sound.</summary>
    /// <param name="words">Receives the words that waited for later sound; what is missing is silence.</param>
    public void Complete(ICollection<uint> words)
    {
        ArgumentNullException.ThrowIfNull(words);

        var total = (_pushed + (SoundView.SampleRate / PerSecond) - 1) / (SoundView.SampleRate / PerSecond);
        var silence = new float[SoundView.SampleRate / 10];
        while (_made < total)
        {
            _decimator.Push(silence, _samples);
            Make(total, words);
        }
    }

    private ReadOnlySpan<float> Clean(ReadOnlySpan<float> mono)
    {
        if (mono.IsEmpty || TensorPrimitives.MaxMagnitude(mono) <= LargestSample) return mono;

        if (_clean.Length < mono.Length) _clean = new float[mono.Length];
        for (var i = 0; i < mono.Length; i++) _clean[i] = Math.Abs(mono[i]) <= LargestSample ? mono[i] : 0;
        return _clean.AsSpan(0, mono.Length);
    }

    private void Make(long limit, ICollection<uint> words)
    {
        for (; _made < limit; _made++)
        {
            var start = (_made * Hop) - (Window / 2);
            if (start + Window > _samples.End) break;

            words.Add(Word(_samples.Window(start, Window)));
        }

        _samples.DropBefore((_made * Hop) - (Window / 2));
    }

    private uint Word(ReadOnlySpan<float> samples)
    {
        TensorPrimitives.Multiply(samples, _window, _windowed);
        _fft.Power(_windowed, _power);
        var now = _bands[_made % _bands.Length];
        for (var band = 0; band <= Bits; band++) now[band] = TensorPrimitives.Sum<float>(_power.AsSpan(Edges[band], Edges[band + 1] - Edges[band]));
        if (_made < Lag || TensorPrimitives.Sum<float>(now) < _leastPower) return 0;

        var before = _bands[(_made - Lag) % _bands.Length];
        var word = 0U;
        for (var bit = 0; bit < Bits; bit++) word |= now[bit] - now[bit + 1] - (before[bit] - before[bit + 1]) > 0 ? 1U << bit : 0;
        return word;
    }
}
