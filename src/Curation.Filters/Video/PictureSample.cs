using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Curation.Filters.Video;

/// <summary>What is kept of a picture about twice a second to find overlays and bars: fixed size, no references.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PictureSample
{
    /// <summary>Longest side of the half-size picture that the edge map can hold.</summary>
    public const int MaximumSide = 160;

    /// <summary>Side of a cell of the half-size picture, in pixels.</summary>
    public const int CellSide = 4;

    /// <summary>Presentation time on the source's own clock, in <see cref="TimeSpan"/> ticks.</summary>
    public long Ticks;

    /// <summary>Width of the edge map: half the analysed picture's.</summary>
    public short Width;

    /// <summary>Height of the edge map: half the analysed picture's.</summary>
    public short Height;

    /// <summary>Black rows at the top, in pixels of the analysed picture.</summary>
    public short BarTop;

    /// <summary>Black rows at the bottom.</summary>
    public short BarBottom;

    /// <summary>Black columns at the left.</summary>
    public short BarLeft;

    /// <summary>Black columns at the right.</summary>
    public short BarRight;

    /// <summary>Two bits a pixel, four pixels a byte, every row starting on a byte: 0 no edge, 1 brighter to the right, 2 darker to the right, 3 a horizontal edge.</summary>
    public EdgeBits Edges;

    /// <summary>Mean luma of every cell, row by row.</summary>
    public CellBytes CellLuma;

    /// <summary>Mean Cb of every 2 x 2 cells, row by row.</summary>
    public BlockBytes BlockCb;

    /// <summary>Mean Cr of every 2 x 2 cells, row by row.</summary>
    public BlockBytes BlockCr;

    /// <summary>Presentation time on the source's own clock.</summary>
    public readonly TimeSpan Time => TimeSpan.FromTicks(Ticks);

    /// <summary>Whole cells across.</summary>
    public readonly int Columns => Width / CellSide;

    /// <summary>Whole cells down.</summary>
    public readonly int Rows => Height / CellSide;

    /// <summary>Bytes in a row of the edge map.</summary>
    internal readonly int Stride => (Width + 3) / 4;

    /// <summary>The 16 pixels of a cell, two bits each.</summary>
    internal readonly uint Cell(int row, int column)
    {
        ReadOnlySpan<byte> bits = Edges;
        var at = row * CellSide * Stride + column;
        return bits[at] | (uint)bits[at + Stride] << 8 | (uint)bits[at + 2 * Stride] << 16 | (uint)bits[at + 3 * Stride] << 24;
    }

    /// <summary>Two bits for each pixel of the largest map.</summary>
    [InlineArray(MaximumSide * MaximumSide / 4)]
    public struct EdgeBits
    {
        private byte _first;
    }

    /// <summary>One byte for each cell of the largest map.</summary>
    [InlineArray(MaximumSide / CellSide * (MaximumSide / CellSide))]
    public struct CellBytes
    {
        private byte _first;
    }

    /// <summary>One byte for each 2 x 2 cells of the largest map.</summary>
    [InlineArray(MaximumSide / CellSide / 2 * (MaximumSide / CellSide / 2))]
    public struct BlockBytes
    {
        private byte _first;
    }
}
