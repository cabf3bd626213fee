using System.Numerics;
using System.Numerics.Tensors;
using Curation.Clips.Spectra;
using Curation.Clips.Streaming;

namespace Curation.Filters.Audio;

/// <summary>Turns the sound of one source into one <see cref="SoundFrame"/> per 10 ms, as it streams by.</summary>
/// <remarks>Frame k covers [start + k * 10 ms, + 10 ms), where the start is the time of the first sample. Not thread-safe.</remarks>
public sealed class SoundAnalyzer
{
    private const int Lead = (SoundBands.WindowSamples - SoundFrame.WholeSamples) / 2;
    private const int BufferSamples = 16_384;

    /// <summary>+18 dBFS: a decoder's overshoot stays below; anything larger is damage and would drown every sum.</summary>
    private const float LargestSample = 8;

    /// <summary>Half a 16-bit step: the logarithm of a smaller magnitude says nothing about the sound.</summary>
    private const float SmallestMagnitude = 1 / 65_536f;

    private readonly int _channels;
    private readonly KWeighting _weighting = new();
    private readonly ClippingDetector _leftClipping = new();
    private readonly ClippingDetector _rightClipping = new();
    private readonly RealFft _transform = new(SoundBands.WindowSamples);
    private readonly float[] _window = new float[SoundBands.WindowSamples];
    private readonly float[] _left = new float[BufferSamples];
    private readonly float[] _right = new float[BufferSamples];
    private readonly float[] _highPassedLeft = new float[BufferSamples];
    private readonly float[] _highPassedRight = new float[BufferSamples];
    private readonly float[] _windowedLeft = new float[SoundBands.WindowSamples];
    private readonly float[] _windowedRight = new float[SoundBands.WindowSamples];
    private readonly float[] _power = new float[(SoundBands.WindowSamples / 2) + 1];
    private readonly float[] _scratch = new float[SoundFrame.WholeSamples];
    private readonly float[] _decibels = new float[SoundBands.Count];
    private readonly float _powerScale;
    private int _at = Lead;
    private int _filled = Lead;
    private bool _completed;

    /// <summary>Makes an analyzer for one source.</summary>
    /// <param name="channels">1 or 2, as in the blocks to come.</param>
    public SoundAnalyzer(int channels)
    {
        if (channels is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "The analysis sound has 1 or 2 channels.");

        _channels = channels;
        var energy = 0.0;
        for (var i = 0; i < _window.Length; i++)
        {
            _window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / _window.Length)));
            energy += _window[i] * _window[i];
        }

        // The power above 0 Hz stands in for the mirrored half as well, hence 2.
        _powerScale = (float)(2 / (energy * _window.Length * channels));
    }

    /// <summary>Time of the first sample on the source's own clock; null before the first block.</summary>
    public TimeSpan? Start { get; private set; }

    /// <summary>Reads the next block; blocks follow one another without gaps.</summary>
    /// <param name="block">Interleaved sound of the announced number of channels.</param>
    /// <param name="frames">Takes the frames that are whole now.</param>
    public void Push(in SoundView block, List<SoundFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ObjectDisposedException.ThrowIf(_completed, this);
        if (block.Channels != _channels) throw new ArgumentException($"A block of {block.Channels} channels came to an analysis of {_channels}.", nameof(block));
        if (block.Interleaved.Length % _channels != 0) throw new ArgumentException($"{block.Interleaved.Length} samples are no whole number of {_channels}-channel instants.", nameof(block));

        Start ??= block.Time;
        for (var rest = block.Interleaved; !rest.IsEmpty;)
        {
            if (_filled == BufferSamples) MakeRoom();
            var count = Math.Min(rest.Length / _channels, BufferSamples - _filled);
            Append(rest[..(count * _channels)], count);
            rest = rest[(count * _channels)..];
            while (_filled - _at >= SoundFrame.WholeSamples + Lead) Emit(SoundFrame.WholeSamples, frames);
        }
    }

    /// <summary>Ends the sound: emits what the last block left over, the last frame with fewer samples where they do not fill it.</summary>
    /// <param name="frames">Takes the frames.</param>
    public void Complete(List<SoundFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (_completed) return;

        _completed = true;
        var end = _filled;
        MakeRoom(ref end);
        foreach (var buffer in (float[][])[_left, _right, _highPassedLeft, _highPassedRight]) buffer.AsSpan(end).Clear();
        _filled = BufferSamples;
        while (_at < end) Emit(Math.Min(SoundFrame.WholeSamples, end - _at), frames);
    }

    private void MakeRoom()
    {
        var end = _filled;
        MakeRoom(ref end);
        _filled = end;
    }

    private void MakeRoom(ref int end)
    {
        var from = _at - Lead;
        foreach (var buffer in (float[][])[_left, _right, _highPassedLeft, _highPassedRight])
        {
            buffer.AsSpan(from, end - from).CopyTo(buffer);
        }

        _at -= from;
        end -= from;
    }

    private void Append(ReadOnlySpan<float> interleaved, int count)
    {
        var left = _left.AsSpan(_filled, count);
        var right = _right.AsSpan(_filled, count);
        if (_channels == 1)
        {
            interleaved.CopyTo(left);
            right.Clear();
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                left[i] = interleaved[2 * i];
                right[i] = interleaved[(2 * i) + 1];
            }
        }

        Sanitize(left);
        if (_channels == 2) Sanitize(right);
        _weighting.HighPass(left, right, _highPassedLeft.AsSpan(_filled, count), _highPassedRight.AsSpan(_filled, count));
        _filled += count;
    }

    /// <summary>A damaged stream may decode to NaN or infinity, which would poison every filter behind it: they become 0.</summary>
    private static void Sanitize(Span<float> samples)
    {
        var i = 0;
        var limit = new Vector<float>(LargestSample);
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(samples[i..]);
            if (!Vector.LessThanOrEqualAll(Vector.Abs(value), limit)) SanitizeScalar(samples.Slice(i, Vector<float>.Count));
        }

        SanitizeScalar(samples[i..]);
    }

    private static void SanitizeScalar(Span<float> samples)
    {
        foreach (ref var sample in samples) sample = float.IsFinite(sample) ? Math.Clamp(sample, -LargestSample, LargestSample) : 0;
    }

    private void Emit(int count, List<SoundFrame> frames)
    {
        var left = _left.AsSpan(_at, count);
        var right = _right.AsSpan(_at, count);
        var stereo = _channels == 2;
        var fullScale = 0;
        var leftPeaks = _leftClipping.Read(left, ref fullScale);
        var rightPeaks = stereo ? _rightClipping.Read(right, ref fullScale) : default;
        var kWeighted = _weighting.ShelfEnergy(_highPassedLeft.AsSpan(_at, count), _highPassedRight.AsSpan(_at, count));
        var (magnitude, logMagnitude) = Magnitudes(count);

        frames.Add(new SoundFrame
        {
            Samples = (ushort)count,
            FullScaleSamples = (ushort)fullScale,
            KWeightedEnergy = (float)kWeighted,
            LeftEnergy = TensorPrimitives.SumOfSquares<float>(left),
            RightEnergy = stereo ? TensorPrimitives.SumOfSquares<float>(right) : 0,
            CrossEnergy = stereo ? TensorPrimitives.Dot<float>(left, right) : 0,
            LeftSum = TensorPrimitives.Sum<float>(left),
            RightSum = stereo ? TensorPrimitives.Sum<float>(right) : 0,
            MagnitudeSum = magnitude,
            LogMagnitudeSum = logMagnitude,
            Left = leftPeaks,
            Right = rightPeaks,
            Bands = Spectrum(),
        });
        _at += SoundFrame.WholeSamples;
    }

    private (float Sum, float LogSum) Magnitudes(int count)
    {
        var scratch = _scratch.AsSpan(0, count);
        _highPassedLeft.AsSpan(_at, count).CopyTo(scratch);
        if (_channels == 2)
        {
            TensorPrimitives.Add(scratch, _highPassedRight.AsSpan(_at, count), scratch);
            TensorPrimitives.Multiply(scratch, 0.5f, scratch);
        }

        TensorPrimitives.Abs(scratch, scratch);
        var sum = TensorPrimitives.Sum<float>(scratch);
        TensorPrimitives.Max(scratch, SmallestMagnitude, scratch);
        TensorPrimitives.Log(scratch, scratch);
        return (sum, TensorPrimitives.Sum<float>(scratch));
    }

    private SoundBands Spectrum()
    {
        var from = _at - Lead;
        TensorPrimitives.Multiply(_highPassedLeft.AsSpan(from, SoundBands.WindowSamples), _window, _windowedLeft);
        if (_channels == 2)
        {
            TensorPrimitives.Multiply(_highPassedRight.AsSpan(from, SoundBands.WindowSamples), _window, _windowedRight);
            _transform.PowerOfPair(_windowedLeft, _windowedRight, _power);
        }
        else
        {
            _transform.Power(_windowedLeft, _power);
        }

        for (var band = 0; band < SoundBands.Count; band++)
        {
            var first = SoundBands.FirstBin(band);
            var sum = 0f;
            for (var bin = first; bin < SoundBands.FirstBin(band + 1); bin++) sum += _power[bin];
            _decibels[band] = sum * _powerScale;
        }

        TensorPrimitives.Log10(_decibels, _decibels);
        TensorPrimitives.Multiply(_decibels, 10f, _decibels);
        var bands = default(SoundBands);
        bands.SetDecibels(_decibels);
        return bands;
    }
}
