namespace Curation.Filters.Classification;

/// <summary>Means of groups of vectors, and the covariance within groups pooled over them, by which means are made comparable.</summary>
internal sealed class WithinScatter(int size)
{
    // Keeps the covariance of a few frames invertible: share added to its diagonal, and the least variance of a dimension.
    private const double Ridge = 0.02;
    private const double LeastVariance = 1e-6;

    private readonly double[] _sum = new double[size];
    private readonly double[] _products = new double[size * size];
    private readonly double[] _scatter = new double[size * size];
    private double[]? _factor;
    private int _degrees;

    /// <summary>Vectors in the current group.</summary>
    public int Count { get; private set; }

    public void Begin()
    {
        Count = 0;
        Array.Clear(_sum);
        Array.Clear(_products);
    }

    public void Add(ReadOnlySpan<double> vector)
    {
        Count++;
        for (var i = 0; i < size; i++)
        {
            _sum[i] += vector[i];
            for (var j = 0; j <= i; j++) _products[(i * size) + j] += vector[i] * vector[j];
        }
    }

    /// <summary>Ends the group.</summary>
    /// <param name="keep">Whether its scatter counts.</param>
    /// <returns>Its mean; zeros for an empty group.</returns>
    public double[] End(bool keep)
    {
        var mean = new double[size];
        if (Count == 0) return mean;

        for (var i = 0; i < size; i++) mean[i] = _sum[i] / Count;
        if (!keep) return mean;

        _degrees += Count - 1;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++) _scatter[(i * size) + j] += _products[(i * size) + j] - (_sum[i] * mean[j]);
        }

        return mean;
    }

    /// <summary>Solves L y = x for the Cholesky factor L of the pooled covariance, so that squared distances are Mahalanobis'.</summary>
    public double[] Whiten(double[] vector)
    {
        _factor ??= Cholesky();
        var white = new double[size];
        for (var i = 0; i < size; i++)
        {
            var value = vector[i];
            for (var k = 0; k < i; k++) value -= _factor[(i * size) + k] * white[k];
            white[i] = value / _factor[(i * size) + i];
        }

        return white;
    }

    private double[] Cholesky()
    {
        var factor = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = _scatter[(i * size) + j] / Math.Max(1, _degrees);
                if (i == j) value = (value * (1 + Ridge)) + LeastVariance;
                for (var k = 0; k < j; k++) value -= factor[(i * size) + k] * factor[(j * size) + k];
                factor[(i * size) + j] = i == j ? Math.Sqrt(Math.Max(value, LeastVariance)) : value / factor[(j * size) + j];
            }
        }

        return factor;
    }
}
