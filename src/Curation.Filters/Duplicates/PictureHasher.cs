using System.Numerics.Tensors;
using Curation.Clips.Streaming;

namespace Curation.Filters.Duplicates;

/// <summary>Hashes pictures by their coarse structure: the DCT hash of Zauner's pHash, of the whole picture and of its middle.</summary>
/// <remarks>
/// The middle stands for copies that lost their edges: the middle of the original is what is left in the copy. Departures from pHash: means of
/// areas instead of a blur and single pixels, and a picture with too little in it has no hash. Not thread-safe: it owns its scratch.
/// </remarks>
public sealed class PictureHasher
{
    /// <summary>Side of the square that a picture is shrunk to.</summary>
    private const int Side = 32;

    /// <summary>Frequencies kept of each direction, from the second on: the first is the mean.</summary>
    private const int Frequencies = 8;

    /// <summary>Standard deviation of the shrunk picture in levels of luma below which there is nothing to tell it by: fades, walls, black. Uncalibrated.</summary>
    private const double LeastDeviation = 6;

    /// <summary>Share of the width and height that <see cref="PictureHash.Inner"/> looks at: between a whole picture and one that lost 16 %.</summary>
    private const double InnerShare = 0.92;

    private static readonly float[][] Waves = [.. Enumerable.Range(1, Frequencies).Select(frequency =>
        Enumerable.Range(0, Side).Select(at => (float)Math.Cos(Math.PI * frequency * (at + 0.5) / Side)).ToArray())];

    private readonly float[] _small = new float[Side * Side];
    private readonly float[] _rows = new float[Side * Frequencies];
    private readonly float[] _column = new float[Side];
    private readonly float[] _coefficients = new float[Frequencies * Frequencies];
    private readonly float[] _sorted = new float[Frequencies * Frequencies];

    /// <summary>Hashes a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>Its hashes; 0 where it has too little in it.</returns>
    public PictureHash Hash(in PictureView picture) => new(Hash(picture, 1), Hash(picture, InnerShare));

    private ulong Hash(in PictureView picture, double share)
    {
        Shrink(picture, share);
        if (Deviation() < LeastDeviation) return 0;

        for (var row = 0; row < Side; row++)
        {
            for (var wave = 0; wave < Frequencies; wave++) _rows[(row * Frequencies) + wave] = TensorPrimitives.Dot<float>(_small.AsSpan(row * Side, Side), Waves[wave]);
        }

        for (var across = 0; across < Frequencies; across++)
        {
            for (var row = 0; row < Side; row++) _column[row] = _rows[(row * Frequencies) + across];
            for (var down = 0; down < Frequencies; down++) _coefficients[(down * Frequencies) + across] = TensorPrimitives.Dot<float>(_column, Waves[down]);
        }

        _coefficients.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var median = (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;
        var hash = 0UL;
        for (var bit = 0; bit < _coefficients.Length; bit++) hash |= _coefficients[bit] > median ? 1UL << bit : 0;
        return hash;
    }

    // Means of the areas that fall to each cell; a pixel on an edge counts for the cell that its middle lies in.
    private void Shrink(in PictureView picture, double share)
    {
        var (left, width) = Cut(picture.Width, share);
        var (top, height) = Cut(picture.Height, share);
        for (var y = 0; y < Side; y++)
        {
            var (from, until) = Cell(top, height, y);
            for (var x = 0; x < Side; x++)
            {
                var (first, end) = Cell(left, width, x);
                var sum = 0;
                for (var row = from; row < until; row++)
                {
                    foreach (var value in picture.Luma.Slice((row * picture.Width) + first, end - first)) sum += value;
                }

                _small[(y * Side) + x] = sum / (float)((until - from) * (end - first));
            }
        }
    }

    private static (double Start, double Length) Cut(int length, double share) => (length * (1 - share) / 2, length * share);

    private static (int From, int Until) Cell(double start, double length, int index)
    {
        var from = (int)Math.Round(start + (length * index / Side));
        var until = (int)Math.Round(start + (length * (index + 1) / Side));
        return until > from ? (from, until) : (Math.Max(0, until - 1), Math.Max(1, until));
    }

    private double Deviation()
    {
        var mean = TensorPrimitives.Sum<float>(_small) / _small.Length;
        return Math.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares<float>(_small) / _small.Length) - (mean * mean)));
    }
}
