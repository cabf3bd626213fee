namespace Curation.Pipeline.Planning;

/// <summary>A stratified random sample without replacement, and what it says of the whole.</summary>
/// <remarks>
/// Totals by expansion or by the combined ratio estimator of Cochran 1977, "Sampling Techniques", chapters 5 and 6. Intervals from the rescaled bootstrap
/// of Rao and Wu 1988 (in the weights of Rao, Wu and Yue 1992), which holds for few units in a stratum and for samples that are a large part of
/// the whole; percentiles as in Efron and Tibshirani 1993, chapter 13, further out by Student's t as in Hesterberg 2015, because few sources
/// say little of their own spread.
/// </remarks>
public sealed class StratifiedSample
{
    /// <summary>Share of such intervals that hold the truth.</summary>
    public const double Confidence = 0.9;

    /// <summary>Drawings of the bootstrap: beyond 1000 an interval hardly moves (Efron and Tibshirani 1993, page 188).</summary>
    public const int Replicates = 2000;

    // A ratio is taken where it at least halves the variance: of two estimators that are about as good, the one that seems better seems so by chance
    // half of the time, and its interval is too short then. Uncalibrated.
    private const double WorthARatio = 0.5;

    private const double Noise = 1e-9;

    private readonly long[] _populations;
    private readonly int[] _strata;
    private readonly int[] _sampled;
    private readonly double[]? _sizes;
    private readonly double _totalSize;
    private readonly double[] _weights;
    private readonly int _seed;
    private readonly double _tail;

    /// <summary>Describes a sample.</summary>
    /// <param name="populations">Units in each stratum.</param>
    /// <param name="strata">The stratum of each sampled unit.</param>
    /// <param name="sizes">A size of each sampled unit that the totals may follow, such as bytes; null where there is none.</param>
    /// <param name="totalSize">The sizes of all units, sampled or not, added up.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <exception cref="ArgumentException">A stratum has units and none was sampled, or more were sampled than it has.</exception>
    public StratifiedSample(IReadOnlyList<long> populations, IReadOnlyList<int> strata, IReadOnlyList<double>? sizes, double totalSize, int seed)
    {
        ArgumentNullException.ThrowIfNull(populations);
        ArgumentNullException.ThrowIfNull(strata);

        _populations = [.. populations];
        _strata = [.. strata];
        _sampled = new int[_populations.Length];
        foreach (var stratum in _strata) _sampled[stratum]++;
        for (var stratum = 0; stratum < _populations.Length; stratum++)
        {
            if (_sampled[stratum] > _populations[stratum]) throw new ArgumentException($"Stratum {stratum} has {_populations[stratum]} units, and {_sampled[stratum]} were sampled.", nameof(strata));
            if (_sampled[stratum] == 0 && _populations[stratum] > 0) throw new ArgumentException($"Nothing was sampled of stratum {stratum}.", nameof(strata));
        }

        if (sizes is not null && sizes.Count != _strata.Length) throw new ArgumentException($"{sizes.Count} sizes for {_strata.Length} units.", nameof(sizes));

        _weights = [.. _strata.Select(stratum => (double)_populations[stratum] / _sampled[stratum])];
        _sizes = sizes is not null && totalSize > 0 && sizes.Sum() > 0 ? [.. sizes] : null;
        _totalSize = totalSize;
        _seed = seed;
        IsCensus = _populations.Sum() == _strata.Length;
        DegreesOfFreedom = Enumerable.Range(0, _populations.Length).Where(stratum => _sampled[stratum] < _populations[stratum]).Sum(stratum => _sampled[stratum] - 1);
        _tail = DegreesOfFreedom > 0 ? StudentT.NormalBelow(-StudentT.TwoSided(Confidence, DegreesOfFreedom)) : 0;
    }

    /// <summary>Whether every unit was sampled.</summary>
    public bool IsCensus { get; }

    /// <summary>Sampled units of strata that were not sampled whole, less one for each of these strata.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>The total of a quantity that is never negative. The ratio estimator is taken where its drawings spread much less.</summary>
    /// <param name="values">It, for each sampled unit.</param>
    /// <returns>The total; never below what was met in the sample itself.</returns>
    public Estimate Total(IReadOnlyList<double> values)
    {
        Check(values);
        var met = values.Sum();
        if (IsCensus) return Estimate.Exact(met);

        var expansions = Draw(weights => Dot(weights, values));
        var chosen = (Value: Dot(_weights, values), Drawn: expansions, Method: EstimateMethod.Expansion);
        if (_sizes is { } sizes)
        {
            var ratios = Draw(weights => _totalSize * Quotient(Dot(weights, values), Dot(weights, sizes)));
            if (Variance(ratios) < WorthARatio * Variance(expansions)) chosen = (_totalSize * Quotient(Dot(_weights, values), Dot(_weights, sizes)), ratios, EstimateMethod.Ratio);
        }

        var (low, high) = Interval(chosen.Drawn);
        var value = Math.Max(chosen.Value, met);
        if (low == high) return new Estimate(value, low is null ? null : value, low is null ? null : value, chosen.Method);

        return new Estimate(value, Math.Max(low!.Value, met), Math.Max(high!.Value, value), chosen.Method);
    }

    /// <summary>What part one quantity is of another, or how much of it comes with one of the other.</summary>
    /// <param name="values">The one, for each sampled unit.</param>
    /// <param name="of">The other.</param>
    /// <returns>Null where there is nothing of the other.</returns>
    public Estimate? Share(IReadOnlyList<double> values, IReadOnlyList<double> of)
    {
        Check(values);
        Check(of);
        if (of.Sum() <= 0) return null;

        var value = Quotient(Dot(_weights, values), Dot(_weights, of));
        if (IsCensus) return Estimate.Exact(value);

        var (low, high) = Interval(Draw(weights => Quotient(Dot(weights, values), Dot(weights, of))));
        return new Estimate(value, low, high, EstimateMethod.Ratio);
    }

    // Every quantity meets the same drawings. In a stratum of n units n-1 are drawn, and each weight moves towards what was drawn
    // of it as far as the stratum was not seen: not at all where all of it was.
    private double[] Draw(Func<double[], double> statistic)
    {
        var random = new Random(_seed);
        var units = Enumerable.Range(0, _populations.Length).Select(stratum => Enumerable.Range(0, _strata.Length).Where(unit => _strata[unit] == stratum).ToArray()).ToArray();
        var drawn = new double[Replicates];
        var weights = new double[_strata.Length];
        for (var replicate = 0; replicate < drawn.Length; replicate++)
        {
            Array.Copy(_weights, weights, weights.Length);
            for (var stratum = 0; stratum < units.Length; stratum++)
            {
                var members = units[stratum];
                if (members.Length < 2 || members.Length == _populations[stratum]) continue;

                var reach = Math.Sqrt(1 - ((double)members.Length / _populations[stratum]));
                foreach (var unit in members) weights[unit] *= 1 - reach;
                for (var draw = 1; draw < members.Length; draw++)
                {
                    var unit = members[random.Next(members.Length)];
                    weights[unit] += _weights[unit] * reach * members.Length / (members.Length - 1);
                }
            }

            drawn[replicate] = statistic(weights);
        }

        return drawn;
    }

    private (double? Low, double? High) Interval(double[] drawn)
    {
        if (DegreesOfFreedom == 0) return (null, null);

        Array.Sort(drawn);

        // Where no drawing differs they differ in their last digits still.
        return drawn[^1] - drawn[0] <= Noise * drawn[^1] ? (drawn[0], drawn[0]) : (Quantile(drawn, _tail), Quantile(drawn, 1 - _tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    private static double Dot(double[] weights, IReadOnlyList<double> values)
    {
        var sum = 0.0;
        for (var unit = 0; unit < weights.Length; unit++) sum += weights[unit] * values[unit];
        return sum;
    }

    private static double Quotient(double part, double whole) => whole > 0 ? part / whole : 0;

    private void Check(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != _strata.Length) throw new ArgumentException($"{values.Count} values for {_strata.Length} units.", nameof(values));
        if (values.Any(value => value < 0 || !double.IsFinite(value))) throw new ArgumentException("Values are finite and never negative.", nameof(values));
    }
}
