namespace Curation.Filters.Classification;

/// <summary>Sufficient statistics of a Gaussian, which add up when two sets of vectors are joined.</summary>
internal sealed class GaussianSum(int size)
{
    private readonly double[] _sum = new double[size];
    private readonly double[] _products = new double[size * size];

    public int Size => size;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<double> vector)
    {
        Count++;
        for (var i = 0; i < size; i++)
        {
            _sum[i] += vector[i];
            for (var j = 0; j <= i; j++) _products[(i * size) + j] += vector[i] * vector[j];
        }
    }

    public void Add(GaussianSum other)
    {
        Count += other.Count;
        for (var i = 0; i < size; i++) _sum[i] += other._sum[i];
        for (var i = 0; i < _products.Length; i++) _products[i] += other._products[i];
    }

    public static GaussianSum Join(GaussianSum a, GaussianSum b)
    {
        var joined = new GaussianSum(a.Size);
        joined.Add(a);
        joined.Add(b);
        return joined;
    }

    /// <summary>Mean of the vectors.</summary>
    public double[] Mean() => [.. _sum.Select(sum => sum / Math.Max(1, Count))];

    /// <summary>Lower Cholesky factor of the covariance, drawn towards a prior as if that had been seen <paramref name="priorCount"/> times.</summary>
    public double[] Cholesky(ReadOnlySpan<double> prior, double priorCount)
    {
        var factor = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var scatter = _products[(i * size) + j] - (_sum[i] * _sum[j] / Math.Max(1, Count));
                factor[(i * size) + j] = (scatter + (priorCount * prior[(i * size) + j])) / (Count + priorCount);
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = factor[(i * size) + j];
                for (var k = 0; k < j; k++) value -= factor[(i * size) + k] * factor[(j * size) + k];
                factor[(i * size) + j] = i == j ? Math.Sqrt(Math.Max(value, 1e-9)) : value / factor[(j * size) + j];
            }
        }

        return factor;
    }

    /// <summary>Natural log of the determinant of the covariance.</summary>
    public double LogDeterminant(ReadOnlySpan<double> prior, double priorCount)
    {
        var factor = Cholesky(prior, priorCount);
        double sum = 0;
        for (var i = 0; i < size; i++) sum += 2 * Math.Log(factor[(i * size) + i]);
        return sum;
    }

    /// <summary>Covariance without a prior, lower triangle, with a small ridge.</summary>
    public double[] Covariance()
    {
        var covariance = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                covariance[(i * size) + j] = (_products[(i * size) + j] - (_sum[i] * _sum[j] / Math.Max(1, Count))) / Math.Max(1, Count);
            }

            covariance[(i * size) + i] += 1e-6;
        }

        return covariance;
    }
}
