using System.Numerics;

namespace Curation.Models.Features;

/// <summary>Kaldi's log mel filter-bank features, equal to torchaudio's <c>compliance.kaldi.fbank</c> without dither. Safe for several threads.</summary>
public sealed class KaldiFbank
{
    // The smallest step of single precision at 1: torchaudio's floor inside the logarithms.
    private const double Epsilon = 1.1920928955078125e-07;

    private readonly MelFrames _frames;
    private readonly int _window;

    /// <summary>Prepares window and filters.</summary>
    /// <param name="options">What to compute.</param>
    /// <exception cref="ArgumentException">The options contradict one another.</exception>
    public KaldiFbank(KaldiFbankOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _window = (int)(options.SampleRate * options.FrameLengthMs * 0.001);
        var shift = (int)(options.SampleRate * options.FrameShiftMs * 0.001);
        var transform = options.RoundToPowerOfTwo ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(0, _window)) : _window;
        if (_window < 2 || shift < 1 || transform % 2 != 0)
        {
            throw new ArgumentException($"A frame of {_window} samples every {shift}, transformed over {transform}, is not possible: at least 2, at least 1, and even.", nameof(options));
        }

        if (options.Preemphasis is not (>= 0 and <= 1)) throw new ArgumentException(FormattableString.Invariant($"Pre-emphasis {options.Preemphasis} is not in 0..1."), nameof(options));

        _frames = new MelFrames(
            AnalysisWindow.Symmetric(options.Window, _window, options.BlackmanCoefficient),
            shift,
            transform,
            MelFilters.Kaldi(options.MelBins, transform, options.SampleRate, options.LowHz, options.HighHz),
            options.UseLog ? new Compression(Compression.Kind.Ln, Floor: Epsilon) : new Compression(Compression.Kind.Linear))
        {
            RemovesMean = options.RemoveDcOffset,
            Preemphasis = options.Preemphasis,
            SumsMagnitudes = !options.UsePower,
            RawEnergy = options.RawEnergy,
        };
    }

    /// <summary>What is computed.</summary>
    public KaldiFbankOptions Options { get; }

    /// <summary>Features per frame.</summary>
    public int Columns => Options.MelBins + (Options.UseEnergy ? 1 : 0);

    /// <summary>Computes the features.</summary>
    /// <param name="samples">Mono sound at the options' sample rate, on the scale that the model was trained with.</param>
    /// <returns>One row per frame; no rows for sound shorter than a frame, where torchaudio refuses.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<float> samples)
    {
        FiniteSound.Require(samples, nameof(samples));
        var count = Count(samples.Length);
        var features = new float[count * Columns];
        if (count > 0)
        {
            var energyFirst = Options.UseEnergy && !Options.HtkCompatible;
            var energies = Options.UseEnergy ? new double[count] : [];
            _frames.Run(Options.SnipEdges ? samples : Mirrored(samples), count, features.AsSpan(energyFirst ? 1 : 0), Columns, 1, energies);
            for (var i = 0; i < energies.Length; i++) features[(i * Columns) + (energyFirst ? 0 : Columns - 1)] = LogEnergy(energies[i]);
            if (Options.SubtractMean) SubtractMeans(features);
        }

        return new FeatureMatrix(count, Columns, features);
    }

    private int Count(int samples)
    {
        if (samples < _window || samples < Options.MinDurationSeconds * Options.SampleRate) return 0;

        return Options.SnipEdges ? 1 + ((samples - _window) / _frames.Hop) : (samples + (_frames.Hop / 2)) / _frames.Hop;
    }

    // Frames are centred on their shift; the mirror repeats the outermost sample.
    private float[] Mirrored(ReadOnlySpan<float> samples)
    {
        var before = (_window / 2) - (_frames.Hop / 2);
        var mirrored = new float[((Count(samples.Length) - 1) * _frames.Hop) + _window];
        for (var i = 0; i < mirrored.Length; i++)
        {
            var at = i - before;
            if (at < 0) at = -1 - at;
            mirrored[i] = samples[at < samples.Length ? at : (2 * samples.Length) - 1 - at];
        }

        return mirrored;
    }

    private float LogEnergy(double energy)
    {
        var log = Math.Log(Math.Max(energy, Epsilon));
        return (float)(Options.EnergyFloor == 0 ? log : Math.Max(log, Math.Log(Options.EnergyFloor)));
    }

    private void SubtractMeans(Span<float> features)
    {
        var count = features.Length / Columns;
        for (var column = 0; column < Columns; column++)
        {
            var sum = 0.0;
            for (var i = column; i < features.Length; i += Columns) sum += features[i];
            var mean = (float)(sum / count);
            for (var i = column; i < features.Length; i += Columns) features[i] -= mean;
        }
    }
}
