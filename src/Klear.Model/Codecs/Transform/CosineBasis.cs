namespace Klear.Model.Codecs.Transform;

/// <summary>Orthonormal cosine bases; rows are frequencies, columns are samples.</summary>
internal static class CosineBasis
{
    /// <summary>DCT-II: row 0 is constant, row k makes k half turns over the samples.</summary>
    /// <param name="size">Samples, and frequencies.</param>
    /// <returns>[frequency, sample].</returns>
    public static double[,] Second(int size)
    {
        var basis = new double[size, size];
        for (var k = 0; k < size; k++)
        {
            var norm = Math.Sqrt((k == 0 ? 1.0 : 2.0) / size);
            for (var n = 0; n < size; n++) basis[k, n] = norm * Math.Cos(Math.PI / size * (n + 0.5) * k);
        }

        return basis;
    }

    /// <summary>The middle of the MDCT's cosines, a hop of samples: a DCT-IV shifted by its size, odd about its left end and even about its right one.</summary>
    /// <param name="size">Samples, and frequencies.</param>
    /// <returns>[frequency, sample].</returns>
    public static double[,] Modulated(int size)
    {
        var basis = new double[size, size];
        var norm = Math.Sqrt(2.0 / size);
        for (var k = 0; k < size; k++)
        {
            for (var n = 0; n < size; n++) basis[k, n] = norm * Math.Cos(Math.PI / size * (n + 0.5 + size) * (k + 0.5));
        }

        return basis;
    }
}
