using System.Numerics.Tensors;

namespace Curation.Filters.Alignment;

/// <summary>Scores every lag of a clip and remembers which blocks agreed best.</summary>
internal sealed class SyncSearch
{
    /// <summary>Lags that are scored, in seconds to both sides; those beyond the search tell how well wrong lags agree.</summary>
    private const double ScoreSeconds = 4.6;

    /// <summary>Share of the blocks that make the score of a lag; from the trial that this estimator grew from.</summary>
    private const double WinningShare = 0.05;

    private readonly LagCorrelator _envelope;
    private readonly LagCorrelator _onset;
    private readonly float[][] _envelopeParts;
    private readonly float[][] _onsetParts;
    private readonly float[] _envelopeSum;
    private readonly float[] _onsetSum;
    private readonly float[] _sum;
    private readonly int[] _winners;
    private readonly int _reach;

    public SyncSearch(MotionSeries pictures, SoundSeries sound)
    {
        _envelope = new LagCorrelator(pictures.Envelopes, sound.Envelope, sound.Start, sound.End);
        _onset = new LagCorrelator(pictures.Rises, sound.Onset, sound.Start, sound.End);
        var series = pictures.Envelopes.Length;
        _envelopeParts = Parts(series);
        _onsetParts = Parts(series);
        _envelopeSum = new float[series];
        _onsetSum = new float[series];
        _sum = new float[series];
        _winners = new int[Math.Max(1, (int)(series * WinningShare))];
        var search = (int)(SyncEstimator.SearchSeconds * SyncGrid.PerSecond);
        _reach = Math.Clamp(pictures.Count / 2, search, (int)(ScoreSeconds * SyncGrid.PerSecond));
    }

    /// <summary>Scores all lags.</summary>
    public SyncCurve Run()
    {
        var scores = new float[(2 * _reach) + 1];
        var envelope = new float[scores.Length];
        var onset = new float[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            Correlate(i - _reach);
            Choose(_sum);
            foreach (var winner in _winners) scores[i] += _sum[winner] / _winners.Length;
            envelope[i] = CrossValidate(_envelopeParts, _envelopeSum);
            onset[i] = CrossValidate(_onsetParts, _onsetSum);
        }

        return new SyncCurve(-_reach * SyncGrid.StepSeconds, SyncGrid.StepSeconds, scores, envelope, onset);
    }

    /// <summary>The motion series that agree best at a lag.</summary>
    /// <param name="index">Index of the lag in the curve.</param>
    /// <returns>Indices of the series, the best first.</returns>
    public ReadOnlySpan<int> Winners(int index)
    {
        Correlate(index - _reach);
        Choose(_sum);
        return _winners;
    }

    private static float[][] Parts(int series) => [.. Enumerable.Range(0, LagCorrelator.Segments).Select(_ => new float[series])];

    private void Correlate(int lag)
    {
        _envelope.Contribute(lag, _envelopeParts, _envelopeSum);
        _onset.Contribute(lag, _onsetParts, _onsetSum);
        TensorPrimitives.Add(_envelopeSum, _onsetSum, _sum);
    }

    /// <summary>Chooses blocks without a segment and counts them in it: the choice cannot flatter itself.</summary>
    private float CrossValidate(float[][] parts, float[] whole)
    {
        var sum = 0f;
        var rest = _sum;
        foreach (var part in parts)
        {
            TensorPrimitives.Subtract(whole, part, rest);
            Choose(rest);
            foreach (var winner in _winners) sum += part[winner] / _winners.Length;
        }

        return sum;
    }

    private void Choose(ReadOnlySpan<float> values)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (count == _winners.Length && value <= values[_winners[count - 1]]) continue;

            var at = count < _winners.Length ? count++ : count - 1;
            for (; at > 0 && values[_winners[at - 1]] < value; at--) _winners[at] = _winners[at - 1];
            _winners[at] = i;
        }
    }
}
