using System.Numerics;
using System.Runtime.InteropServices;

namespace Curation.Models.Features;

/// <summary>Mel features of overlapping frames: shape, window, transform, sum, compress. The one inner loop of every sound front-end here. Safe for several threads.</summary>
internal sealed class MelFrames
{
    private readonly double[] _window;
    private readonly LaneFft _transform;
    private readonly MelFilters _filters;
    private readonly Compression _compression;

    public MelFrames(double[] window, int hop, int transformLength, MelFilters filters, Compression compression)
    {
        _window = window;
        Hop = hop;
        _transform = new LaneFft(transformLength);
        _filters = filters;
        _compression = compression;
    }

    /// <summary>Samples from frame to frame.</summary>
    public int Hop { get; }

    /// <summary>Features per frame.</summary>
    public int Bins => _filters.Bins;

    /// <summary>Subtracts each frame's own mean first.</summary>
    public bool RemovesMean { get; init; }

    /// <summary>Subtracts this share of the sample before from each sample, within the frame; 0 for none.</summary>
    public double Preemphasis { get; init; }

    /// <summary>Sums magnitudes instead of their squares.</summary>
    public bool SumsMagnitudes { get; init; }

    /// <summary>Takes a frame's energy before pre-emphasis and window instead of after them.</summary>
    public bool RawEnergy { get; init; }

    /// <summary>Computes frames.</summary>
    /// <param name="samples">Starts with the first frame's first sample and reaches to the last frame's last one.</param>
    /// <param name="frames">How many.</param>
    /// <param name="output">Feature b of frame f goes to f * frameStride + b * binStride.</param>
    /// <param name="frameStride">Distance of frames in the output.</param>
    /// <param name="binStride">Distance of features in the output.</param>
    /// <param name="energies">Takes each frame's sum of squares; may be empty.</param>
    public void Run(ReadOnlySpan<float> samples, int frames, Span<float> output, int frameStride, int binStride, Span<double> energies = default)
    {
        var lanes = LaneFft.Lanes;
        var instants = new Vector<double>[_transform.Size];
        var scratch = new Vector<double>[_transform.Size];
        var spectrum = new Vector<double>[_transform.Bins];
        var bands = new Vector<double>[Bins];
        var values = MemoryMarshal.Cast<Vector<double>, double>(bands.AsSpan());
        for (var first = 0; first < frames; first += lanes)
        {
            var count = Math.Min(lanes, frames - first);
            var frame = instants.AsSpan(0, _window.Length);
            instants.AsSpan(_window.Length).Clear();
            Gather(samples[(first * Hop)..], count, MemoryMarshal.Cast<Vector<double>, double>(frame));
            var energy = Shape(frame);
            for (var lane = 0; lane < count && !energies.IsEmpty; lane++) energies[first + lane] = energy[lane];

            _transform.Power(instants, spectrum, scratch);
            if (SumsMagnitudes)
            {
                foreach (ref var power in spectrum.AsSpan()) power = Vector.SquareRoot(power);
            }

            _filters.Apply(spectrum, bands);
            _compression.Apply(values);
            for (var bin = 0; bin < Bins; bin++)
            {
                var at = (first * frameStride) + (bin * binStride);
                for (var lane = 0; lane < count; lane++) output[at + (lane * frameStride)] = (float)values[(bin * lanes) + lane];
            }
        }
    }

    private void Gather(ReadOnlySpan<float> samples, int count, Span<double> instants)
    {
        var lanes = LaneFft.Lanes;
        if (count < lanes) instants.Clear();
        for (var lane = 0; lane < count; lane++)
        {
            var frame = samples.Slice(lane * Hop, _window.Length);
            for (var (i, to) = (0, lane); i < frame.Length; i++, to += lanes) instants[to] = frame[i];
        }
    }

    private Vector<double> Shape(Span<Vector<double>> frame)
    {
        if (RemovesMean)
        {
            var sum = Vector<double>.Zero;
            foreach (var instant in frame) sum += instant;
            var mean = sum / frame.Length;
            foreach (ref var instant in frame) instant -= mean;
        }

        var energy = RawEnergy ? Energy(frame) : default;
        if (Preemphasis != 0)
        {
            for (var i = frame.Length - 1; i > 0; i--) frame[i] -= Preemphasis * frame[i - 1];
            frame[0] -= Preemphasis * frame[0];
        }

        for (var i = 0; i < frame.Length; i++) frame[i] *= _window[i];
        return RawEnergy ? energy : Energy(frame);
    }

    private static Vector<double> Energy(ReadOnlySpan<Vector<double>> frame)
    {
        var sum = Vector<double>.Zero;
        foreach (var instant in frame) sum += instant * instant;
        return sum;
    }
}
