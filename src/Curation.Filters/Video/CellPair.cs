using System.Numerics;

namespace Curation.Filters.Video;

/// <summary>What became of a cell between two samples.</summary>
internal enum CellChange : byte
{
    /// <summary>Nothing to see and nothing changed.</summary>
    Same,

    /// <summary>Its edges stayed where they were.</summary>
    Kept,

    /// <summary>Its edges or its colour changed.</summary>
    Changed,
}

/// <summary>Compares two samples cell by cell.</summary>
internal static class CellPair
{
    private const uint Low = 0x5555_5555;

    /// <summary>Fewest edge pixels of a cell, of 16, that can be kept.</summary>
    private const int FewestEdges = 3;

    /// <summary>Share of the edge pixels with the same sign in a cell that is kept; uncalibrated.</summary>
    private const float KeptShare = 0.55f;

    /// <summary>Change of a cell's mean luma, in levels, after the picture's median change is taken out; uncalibrated.</summary>
    private const int LumaStep = 10;

    /// <summary>Change of a block's mean Cb or Cr, in levels; uncalibrated.</summary>
    private const int ChromaStep = 6;

    /// <summary>Edge pixels of a cell.</summary>
    public static int Edges(uint cell) => BitOperations.PopCount((cell | cell >> 1) & Low);

    /// <summary>Edge pixels that two cells share, sign included.</summary>
    public static int Matches(uint a, uint b)
    {
        var difference = a ^ b;
        return BitOperations.PopCount((a | a >> 1) & ~(difference | difference >> 1) & Low);
    }

    /// <summary>Edge pixels of a cell that lie on horizontal edges.</summary>
    public static int HorizontalEdges(uint cell) => BitOperations.PopCount(cell & cell >> 1 & Low);

    /// <summary>Whether a cell's edges stayed.</summary>
    public static bool IsKept(uint a, uint b)
    {
        int before = Edges(a), after = Edges(b);
        return Math.Min(before, after) >= FewestEdges && Matches(a, b) >= KeptShare * Math.Max(before, after);
    }

    /// <summary>Says of every cell what became of it.</summary>
    /// <returns>Share of the cells that changed.</returns>
    public static float Compare(in PictureSample a, in PictureSample b, Span<CellChange> changes)
    {
        int columns = a.Columns, rows = a.Rows, blockColumns = a.Width / (2 * PictureSample.CellSide), blockRows = a.Height / (2 * PictureSample.CellSide);
        ReadOnlySpan<byte> lumaA = a.CellLuma, lumaB = b.CellLuma, cbA = a.BlockCb, cbB = b.BlockCb, crA = a.BlockCr, crB = b.BlockCr;
        var light = MedianStep(lumaA[..(columns * rows)], lumaB[..(columns * rows)]);
        var changed = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var at = row * columns + column;
                uint before = a.Cell(row, column), after = b.Cell(row, column);
                if (IsKept(before, after))
                {
                    changes[at] = CellChange.Kept;
                    continue;
                }

                var block = Math.Min(row / 2, blockRows - 1) * blockColumns + Math.Min(column / 2, blockColumns - 1);
                var edges = Math.Max(Edges(before), Edges(after));
                var moved = Math.Abs(lumaB[at] - lumaA[at] - light) >= LumaStep
                    || Math.Abs(cbB[block] - cbA[block]) >= ChromaStep
                    || Math.Abs(crB[block] - crA[block]) >= ChromaStep
                    || (edges > FewestEdges && Matches(before, after) < 0.3f * edges);
                changes[at] = moved ? CellChange.Changed : CellChange.Same;
                changed += moved ? 1 : 0;
            }
        }

        return changed / (float)changes.Length;
    }

    /// <summary>The light's change between the samples: half of a scene must agree on it before it is taken for the light's.</summary>
    private static int MedianStep(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Span<int> histogram = stackalloc int[511];
        histogram.Clear();
        for (var i = 0; i < a.Length; i++) histogram[b[i] - a[i] + 255]++;
        var seen = 0;
        for (var i = 0; i < histogram.Length; i++)
        {
            seen += histogram[i];
            if (2 * seen >= a.Length) return Math.Clamp(i - 255, -2 * LumaStep, 2 * LumaStep);
        }

        return 0;
    }
}
