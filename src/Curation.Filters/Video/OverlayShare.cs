namespace Curation.Filters.Video;

/// <summary>Share of a clip's picture under logos and overlaid text.</summary>
public static class OverlayShare
{
    /// <summary>Share of the 8 x 8 pixel cells that belong to an overlay in two samples or more, which is about a second of the clip.</summary>
    /// <param name="samples">The clip's samples.</param>
    /// <param name="source">Evidence of the whole source, this clip included.</param>
    /// <returns>0..1; null where nothing tells an overlay from the scene.</returns>
    public static double? Measure(ReadOnlySpan<PictureSample> samples, SourceOverlay source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (samples.IsEmpty) return null;

        int columns = samples[0].Columns, rows = samples[0].Rows;
        var marks = new byte[samples.Length * columns * rows];
        new OverlaidText(columns, rows).Mark(samples, marks);
        var text = marks.AsSpan().Count((byte)1);
        if (text == 0 && !source.IsTelling) return null;

        for (var i = 0; i < samples.Length; i++)
        {
            for (var at = 0; at < columns * rows; at++)
            {
                if (source.Shows(samples[i], at / columns, at % columns)) marks[i * columns * rows + at] = 1;
            }
        }

        return Covered(marks, samples.Length, columns, rows) / (double)(columns * rows);
    }

    /// <summary>Cells that show an overlay in two samples or more, and the gaps of up to two cells between them in a row, which are letter and word spaces.</summary>
    private static int Covered(ReadOnlySpan<byte> marks, int samples, int columns, int rows)
    {
        const int LongestGap = 2;
        var covered = 0;
        for (var row = 0; row < rows; row++)
        {
            var last = -1;
            for (var column = 0; column < columns; column++)
            {
                var times = 0;
                for (var i = 0; i < samples; i++) times += marks[(i * rows + row) * columns + column];
                if (times < Math.Min(2, samples)) continue;

                covered += last >= 0 && column - last - 1 <= LongestGap ? column - last : 1;
                last = column;
            }
        }

        return covered;
    }
}
