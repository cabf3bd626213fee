namespace Curation.Filters.Audio;

/// <summary>Finds runs at full scale and flat tops below it in the stream of one channel.</summary>
/// <remarks>
/// A flat top is a run of three or more samples of one level that the wave enters and leaves at an angle. The round top of a low
/// tone is flat too once it is rounded to 16 bits, but it bends away slowly: a parabola that stays within the tolerance for h
/// samples to each side has, two samples further, dropped by at most tolerance * (1 + 2/h)^2. Only a sharper edge counts.
/// Whether a flat top lies at the loudest level around it is judged later, see <see cref="Clipping"/>.
/// </remarks>
internal sealed class ClippingDetector
{
    /// <summary>Half a 16-bit step below the highest 16-bit sample.</summary>
    private const float FullScale = 32766.5f / 32768f;

    /// <summary>Two 16-bit steps and a little: the spread that rounding and dither leave on a constant level.</summary>
    private const float Tolerance = 2.1f / 32768f;

    /// <summary>-36 dBFS, uncalibrated: below it rounding alone makes square waves.</summary>
    private const float QuietestTop = 1 / 64f;

    private const int ShortestRun = 3;

    /// <summary>50 ms: half a period of 10 Hz. A level held longer is an offset or a stuck converter, not the top of a wave.</summary>
    private const int LongestRun = 2400;

    private float _beforeRun;
    private float _secondBeforeRun;
    private float _runLevel;
    private int _runLength;
    private float _previous;
    private float _secondPrevious;
    private float _endedLevel;
    private int _endedLength;
    private int _fullScaleRun;
    private int _fullScaleSign;

    /// <summary>Reads the next samples.</summary>
    /// <param name="samples">The samples of a frame.</param>
    /// <param name="fullScaleSamples">Is increased by the samples in runs at full scale. A run counts once it is three long.</param>
    /// <returns>The frame's extremes and the flat tops that ended in it.</returns>
    public ChannelPeaks Read(ReadOnlySpan<float> samples, ref int fullScaleSamples)
    {
        float highest = 0, lowest = 0;
        float flatTop = 0, flatBottom = 0;
        int flatTopSamples = 0, flatBottomSamples = 0;
        foreach (var sample in samples)
        {
            highest = Math.Max(highest, sample);
            lowest = Math.Min(lowest, sample);
            if (Math.Abs(sample) >= FullScale) fullScaleSamples += CountFullScale(Math.Sign(sample));
            else _fullScaleRun = 0;

            if (_endedLength > 0)
            {
                if (LeavesSharply(sample))
                {
                    if (_endedLevel > 0) Keep(ref flatTop, ref flatTopSamples, _endedLevel, _endedLength);
                    else Keep(ref flatBottom, ref flatBottomSamples, -_endedLevel, _endedLength);
                }

                _endedLength = 0;
            }

            Follow(sample);
        }

        return new ChannelPeaks
        {
            Highest = (Half)highest,
            Lowest = (Half)lowest,
            FlatTop = (Half)flatTop,
            FlatBottom = (Half)(-flatBottom),
            FlatTopSamples = (ushort)Math.Min(flatTopSamples, ushort.MaxValue),
            FlatBottomSamples = (ushort)Math.Min(flatBottomSamples, ushort.MaxValue),
        };
    }

    private int CountFullScale(int sign)
    {
        _fullScaleRun = sign == _fullScaleSign ? _fullScaleRun + 1 : 1;
        _fullScaleSign = sign;
        return _fullScaleRun switch
        {
            < ShortestRun => 0,
            ShortestRun => ShortestRun,
            _ => 1,
        };
    }

    /// <summary>Extends the run of equal samples or begins the next one.</summary>
    private void Follow(float sample)
    {
        if (_runLength > 0 && Math.Abs(sample - _runLevel) <= Tolerance)
        {
            _runLength++;
        }
        else
        {
            if (_runLength is >= ShortestRun and <= LongestRun && EntersSharply(sample))
            {
                (_endedLevel, _endedLength) = (_runLevel, _runLength);
            }

            (_beforeRun, _secondBeforeRun) = (_previous, _secondPrevious);
            (_runLevel, _runLength) = (sample, 1);
        }

        _secondPrevious = _previous;
        _previous = sample;
    }

    private bool EntersSharply(float firstAfter)
    {
        var level = Math.Abs(_runLevel);
        if (level is < QuietestTop or >= FullScale) return false;

        var sign = MathF.Sign(_runLevel);
        return level - (sign * _beforeRun) > 0 && level - (sign * firstAfter) > 0 && level - (sign * _secondBeforeRun) > EdgeDrop(_runLength);
    }

    private bool LeavesSharply(float secondAfter) =>
        Math.Abs(_endedLevel) - (MathF.Sign(_endedLevel) * secondAfter) > EdgeDrop(_endedLength);

    /// <summary>Twice the drop of the roundest top that is flat for so many samples.</summary>
    private static float EdgeDrop(int length)
    {
        var further = 1 + (4f / (length - 1));
        return 2 * Tolerance * further * further;
    }

    /// <summary>Keeps the flat tops of the highest level, which within half a per cent is one level.</summary>
    private static void Keep(ref float level, ref int samples, float newLevel, int newSamples)
    {
        if (newLevel > level * 1.005f) (level, samples) = (newLevel, newSamples);
        else if (newLevel >= level * 0.995f) samples += newSamples;
    }
}
