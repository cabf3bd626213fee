namespace Curation.Filters.Classification;

/// <summary>Means of groups of vectors, and the covariance within groups pooled over them, by which means are made comparable.</summary>
/// <remarks>A few vectors are too few for a covariance of their own: it is drawn towards given standard deviations as if those had been seen so often.</remarks>
internal sealed class WithinScatter(ReadOnlyMemory<double> priorDeviations, double priorCount)
{
    // Keeps the factor finite.
    private const double LeastVariance = 1e-6;

    private readonly int _size = priorDeviations.Length;
    private readonly double[] _sum = new double[priorDeviations.Length];
    private readonly double[] _products = new double[priorDeviations.Length * priorDeviations.Length];
    private readonly double[] _scatter = new double[priorDeviations.Length * priorDeviations.Length];
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
        for (var i = 0; i < _size; i++)
        {
            _sum[i] += vector[i];
            for (var j = 0; j <= i; j++) _products[(i * _size) + j] += vector[i] * vector[j];
        }
    }

    /// <summary>Ends the group.</summary>
    /// <param name="keep">Whether its scatter counts.</param>
    /// <returns>Its mean; zeros for an empty group.</returns>
    public double[] End(bool keep)
    {
        var mean = new double[_size];
        if (Count == 0) return mean;

        for (var i = 0; i < _size; i++) mean[i] = _sum[i] / Count;
        if (!keep) return mean;

        _degrees += Count - 1;
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j <= i; j++) _scatter[(i * _size) + j] += _products[(i * _size) + j] - (_sum[i] * mean[j]);
        }

        return mean;
    }

    /// <summary>Solves L y = x for the Cholesky factor L of the pooled covariance, so that squared distances are Mahalanobis'.</summary>
    public double[] Whiten(double[] vector)
    {
        _factor ??= Cholesky();
        var white = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            var value = vector[i];
            for (var k = 0; k < i; k++) value -= _factor[(i * _size) + k] * white[k];
            white[i] = value / _factor[(i * _size) + i];
        }

        return white;
    }

    private double[] Cholesky()
    {
        var deviations = priorDeviations.Span;
        var factor = new double[_size * _size];
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var prior = i == j ? priorCount * deviations[i] * deviations[i] : 0;
                var value = (_scatter[(i * _size) + j] + prior) / (_degrees + priorCount);
                for (var k = 0; k < j; k++) value -= factor[(i * _size) + k] * factor[(j * _size) + k];
                factor[(i * _size) + j] = i == j ? Math.Sqrt(Math.Max(value, LeastVariance)) : value / factor[(j * _size) + j];
            }
        }

        return factor;
    }
}
