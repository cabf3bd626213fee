using System.Numerics;
using System.Runtime.InteropServices;
using Curation.Clips.Streaming;

namespace Curation.Filters.Alignment;

/// <summary>Watches where pictures change: the picture side of the embedded sync estimator.</summary>
/// <remarks>
/// Luma is averaged down to 64 x 36 cells (36 x 64 for upright, 48 x 48 for squarish pictures); the mean absolute
/// difference to the picture before is kept for every 4 x 4 cells. One instance follows one stream of pictures.
/// </remarks>
public sealed class LocalMotionAnalyzer
{
    private const int CellsPerBlock = 4;

    /// <summary>A cell of the coarsest grid is then at most 228 rows high: sums of its bytes fit in 16 bits.</summary>
    private const int LargestSide = 8192;

    private readonly int _width;
    private readonly int _height;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _lefts;
    private readonly int[] _rights;
    private readonly int[] _tops;
    private readonly int[] _bottoms;
    private readonly ushort[] _stripe;
    private float[] _cells;
    private float[] _previous;
    private bool _hasPrevious;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">Width of every picture in pixels, 2..8192.</param>
    /// <param name="height">Height of every picture in pixels, 2..8192.</param>
    public LocalMotionAnalyzer(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LargestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, LargestSide);

        _width = width;
        _height = height;
        (_columns, _rows) = Grid((double)width / height);
        (_lefts, _rights) = Edges(width, _columns * CellsPerBlock);
        (_tops, _bottoms) = Edges(height, _rows * CellsPerBlock);
        _stripe = new ushort[width];
        _cells = new float[MotionBlocks.Count * CellsPerBlock * CellsPerBlock];
        _previous = new float[_cells.Length];
    }

    /// <summary>Compares a picture with the one before it.</summary>
    /// <param name="picture">The next picture, of the size given at construction.</param>
    /// <returns>Its change; all zero for the first picture.</returns>
    public MotionFrame Analyze(in PictureView picture)
    {
        if (picture.Width != _width || picture.Height != _height || picture.Luma.Length < _width * _height)
        {
            throw new ArgumentException($"The picture is {picture.Width}x{picture.Height} with {picture.Luma.Length} luma samples; expected {_width}x{_height}.", nameof(picture));
        }

        (_cells, _previous) = (_previous, _cells);
        Reduce(picture.Luma);

        var blocks = default(MotionBlocks);
        if (_hasPrevious) Compare(ref blocks);
        _hasPrevious = true;
        return new MotionFrame(picture.Time.Ticks, (byte)_columns, (byte)_rows, blocks);
    }

    private static (int Columns, int Rows) Grid(double aspect) => aspect switch
    {
        > 4.0 / 3.0 * 0.99 => (16, 9),
        < 3.0 / 4.0 * 1.01 => (9, 16),
        _ => (12, 12),
    };

    private static (int[] Starts, int[] Ends) Edges(int length, int cells)
    {
        var starts = new int[cells];
        var ends = new int[cells];
        for (var cell = 0; cell < cells; cell++)
        {
            starts[cell] = (int)((long)cell * length / cells);
            ends[cell] = Math.Max(starts[cell] + 1, (int)((long)(cell + 1) * length / cells));
        }

        return (starts, ends);
    }

    private void Reduce(ReadOnlySpan<byte> luma)
    {
        var cell = 0;
        for (var row = 0; row < _tops.Length; row++)
        {
            Array.Clear(_stripe);
            for (var y = _tops[row]; y < _bottoms[row]; y++) AddRow(luma.Slice(y * _width, _width));

            var lines = _bottoms[row] - _tops[row];
            for (var column = 0; column < _lefts.Length; column++)
            {
                var stripe = _stripe.AsSpan(_lefts[column].._rights[column]);
                uint sum = 0;
                foreach (var value in stripe) sum += value;
                _cells[cell++] = sum / (float)(lines * stripe.Length);
            }
        }
    }

    private void AddRow(ReadOnlySpan<byte> row)
    {
        var x = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var sums = MemoryMarshal.Cast<ushort, Vector<ushort>>(_stripe.AsSpan());
            var bytes = MemoryMarshal.Cast<byte, Vector<byte>>(row);
            for (var i = 0; i < bytes.Length; i++)
            {
                Vector.Widen(bytes[i], out var low, out var high);
                sums[2 * i] += low;
                sums[(2 * i) + 1] += high;
            }

            x = bytes.Length * Vector<byte>.Count;
        }

        for (; x < row.Length; x++) _stripe[x] += row[x];
    }

    private void Compare(ref MotionBlocks blocks)
    {
        var stride = _columns * CellsPerBlock;
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var sum = 0f;
                for (var y = 0; y < CellsPerBlock; y++)
                {
                    var start = (((row * CellsPerBlock) + y) * stride) + (column * CellsPerBlock);
                    for (var i = start; i < start + CellsPerBlock; i++) sum += MathF.Abs(_cells[i] - _previous[i]);
                }

                blocks[(row * _columns) + column] = MotionCode.Pack(sum / (CellsPerBlock * CellsPerBlock));
            }
        }
    }
}
