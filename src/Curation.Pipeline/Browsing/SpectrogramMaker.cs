using Curation.Clips.Spectra;
using Curation.Clips.Streaming;

namespace Curation.Pipeline.Browsing;

/// <summary>Makes a spectrogram of sound as it comes: Hann windows of 2,048 samples, the strongest bin of each logarithmic band.</summary>
internal sealed class SpectrogramMaker
{
    private const int Size = 2048;
    private const int Bands = 160;
    private const int MostColumns = 1200;
    private const int LeastStep = SoundView.SampleRate / 200;
    private const double LowestHz = 40, HighestHz = SoundView.SampleRate / 2.0;

    private readonly RealFft _fft = new(Size);
    private readonly float[] _window = new float[Size];
    private readonly float[] _samples = new float[Size];
    private readonly float[] _windowed = new float[Size];
    private readonly float[] _real;
    private readonly float[] _imaginary;
    private readonly (int First, int Last)[] _bins = new (int, int)[Bands];
    private readonly List<float> _levels = [];
    private readonly int _step;
    private int _filled = Size / 2;

    /// <summary>Prepares for sound of a length.</summary>
    /// <param name="seconds">How long it is expected to last: sets the distance of columns.</param>
    public SpectrogramMaker(double seconds)
    {
        _step = Math.Max(LeastStep, (int)Math.Ceiling(seconds * SoundView.SampleRate / MostColumns));
        _real = new float[_fft.Bins];
        _imaginary = new float[_fft.Bins];
        for (var i = 0; i < Size; i++) _window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Size)));

        const double HzPerBin = (double)SoundView.SampleRate / Size;
        for (var band = 0; band < Bands; band++)
        {
            var (low, high) = (Edge(band), Edge(band + 1));
            var first = Math.Clamp((int)Math.Round(low / HzPerBin), 1, _fft.Bins - 1);
            _bins[band] = (first, Math.Clamp((int)Math.Round(high / HzPerBin) - 1, first, _fft.Bins - 1));
        }
    }

    /// <summary>Takes the next samples. Column k is centred k steps after the first sample.</summary>
    public void Push(ReadOnlySpan<float> mono)
    {
        while (!mono.IsEmpty)
        {
            // Between columns that lie further apart than a window, sound is passed over.
            if (_filled < 0)
            {
                var skip = Math.Min(-_filled, mono.Length);
                mono = mono[skip..];
                _filled += skip;
                continue;
            }

            var take = Math.Min(Size - _filled, mono.Length);
            mono[..take].CopyTo(_samples.AsSpan(_filled));
            mono = mono[take..];
            _filled += take;
            if (_filled == Size) AddColumn();
        }
    }

    /// <summary>The spectrogram of all that came; the last columns hear silence after the end.</summary>
    public Spectrogram Complete()
    {
        Push(new float[Size / 2]);
        return new Spectrogram(_levels.Count / Bands, Bands, (double)_step / SoundView.SampleRate, LowestHz, HighestHz, _levels);
    }

    private static double Edge(int band) => LowestHz * Math.Pow(HighestHz / LowestHz, (double)band / Bands);

    private void AddColumn()
    {
        for (var i = 0; i < Size; i++) _windowed[i] = _samples[i] * _window[i];
        _fft.Transform(_windowed, _real, _imaginary);
        foreach (var (first, last) in _bins)
        {
            var power = 0f;
            for (var bin = first; bin <= last; bin++) power = Math.Max(power, (_real[bin] * _real[bin]) + (_imaginary[bin] * _imaginary[bin]));

            // A full-scale sine gives Size / 4 in its bin under a Hann window.
            var level = 10 * MathF.Log10((power / (Size / 4f * (Size / 4f))) + 1e-20f);
            _levels.Add(Math.Max(Spectrogram.FloorDb, level));
        }

        if (_step < Size) _samples.AsSpan(_step).CopyTo(_samples);
        _filled = Size - _step;
    }
}
