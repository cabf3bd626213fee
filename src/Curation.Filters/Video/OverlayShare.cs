namespace Curation.Filters.Video;

/// <summary>Share of a clip's picture under logos and overlaid text.</summary>
public static class OverlayShare
{
    /// <summary>Mean over the samples of the share of 8 x 8 pixel cells that belong to an overlay.</summary>
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

        return marks.AsSpan().Count((byte)1) / (double)marks.Length;
    }
}
