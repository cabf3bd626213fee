namespace Curation.Filters.Video;

/// <summary>Evidence of overlays over a whole source, of fixed size: what stays while the picture around it changes.</summary>
/// <remarks>
/// After Dekel et al. (2017): what is the same in many different pictures does not belong to them. Every sample is compared with those up to four
/// seconds before it. Edges that stayed form components; a component whose surroundings changed gives its pixels a vote.
/// </remarks>
public sealed class SourceOverlay
{
    private const int Reach = 8;

    /// <summary>Share of a component's surroundings that must have changed; uncalibrated.</summary>
    private const float ChangedRing = 0.7f;

    /// <summary>Largest component, as a share of the picture: a larger one is the scene; uncalibrated.</summary>
    private const float LargestComponent = 0.2f;

    /// <summary>Votes that make a cell part of an overlay.</summary>
    private const int FewestVotes = 2;

    /// <summary>Share of the picture that must have changed somewhen before an overlay can be told from the scene; uncalibrated.</summary>
    private const float FewestChanged = 0.1f;

    private readonly PictureSample[] _recent = new PictureSample[Reach];
    private readonly ushort[] _votes = new ushort[Cells];
    private readonly bool[] _changed = new bool[Cells];
    private readonly byte[] _code = new byte[PictureSample.MaximumSide * PictureSample.MaximumSide];
    private readonly byte[] _weight = new byte[PictureSample.MaximumSide * PictureSample.MaximumSide];
    private readonly CellChange[] _changes = new CellChange[Cells];
    private readonly short[] _labels = new short[Cells];
    private readonly int[] _stack = new int[Cells];
    private readonly int[] _members = new int[Cells];
    private int _columns;
    private int _rows;
    private int _count;

    private const int Cells = PictureSample.MaximumSide / PictureSample.CellSide * (PictureSample.MaximumSide / PictureSample.CellSide);

    /// <summary>Whether enough of the source changed for an overlay to stand out.</summary>
    public bool IsTelling => _columns > 0 && _changed.AsSpan(0, _columns * _rows).Count(true) >= FewestChanged * _columns * _rows;

    /// <summary>Takes the source's next sample.</summary>
    /// <param name="sample">A sample; all have the same size.</param>
    public void Add(in PictureSample sample)
    {
        _columns = sample.Columns;
        _rows = sample.Rows;
        for (var lag = 1; lag <= Math.Min(Reach, _count); lag *= 2)
        {
            Compare(_recent[(_count - lag) % Reach], sample);
        }

        _recent[_count % Reach] = sample;
        _count++;
    }

    /// <summary>Whether a cell of a sample shows a part of an overlay that the source has evidence of.</summary>
    internal bool Shows(in PictureSample sample, int row, int column)
    {
        if (_votes[row * _columns + column] < FewestVotes) return false;

        var cell = sample.Cell(row, column);
        int known = 0, seen = 0;
        for (var i = 0; i < 16; i++)
        {
            var at = Pixel(row, column, i);
            if (_weight[at] < FewestVotes) continue;
            known++;
            seen += _code[at] == ((cell >> (2 * i)) & 3) ? 1 : 0;
        }

        return known >= 2 && seen >= 0.6f * known;
    }

    private static int Pixel(int row, int column, int i) =>
        (row * PictureSample.CellSide + i / 4) * PictureSample.MaximumSide + column * PictureSample.CellSide + i % 4;

    private void Compare(in PictureSample before, in PictureSample after)
    {
        var cells = _columns * _rows;
        var changes = _changes.AsSpan(0, cells);
        CellPair.Compare(before, after, changes);
        for (var i = 0; i < cells; i++) _changed[i] |= changes[i] == CellChange.Changed;

        Array.Clear(_labels, 0, cells);
        short label = 0;
        for (var i = 0; i < cells; i++)
        {
            if (changes[i] != CellChange.Kept || _labels[i] != 0) continue;

            var size = Flood(changes, i, ++label);
            if (size > LargestComponent * cells || !SurroundingsChanged(changes, size)) continue;
            for (var k = 0; k < size; k++) Vote(_members[k], before, after);
        }
    }

    /// <summary>Collects a component of kept cells, diagonal neighbours and gaps of one cell included.</summary>
    private int Flood(ReadOnlySpan<CellChange> changes, int start, short label)
    {
        int size = 0, top = 0;
        _stack[top++] = start;
        _labels[start] = label;
        while (top > 0)
        {
            var at = _stack[--top];
            _members[size++] = at;
            int row = at / _columns, column = at % _columns;
            for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++)
                {
                    var next = y * _columns + x;
                    if (changes[next] != CellChange.Kept || _labels[next] != 0) continue;
                    _labels[next] = label;
                    _stack[top++] = next;
                }
            }
        }

        return size;
    }

    private bool SurroundingsChanged(ReadOnlySpan<CellChange> changes, int size)
    {
        int changed = 0, same = 0;
        for (var k = 0; k < size; k++)
        {
            int row = _members[k] / _columns, column = _members[k] % _columns;
            for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++)
                {
                    var change = changes[y * _columns + x];
                    changed += change == CellChange.Changed ? 1 : 0;
                    same += change == CellChange.Same ? 1 : 0;
                }
            }
        }

        return changed >= 4 && changed >= ChangedRing * (changed + same);
    }

    private void Vote(int at, in PictureSample before, in PictureSample after)
    {
        int row = at / _columns, column = at % _columns;
        if (_votes[at] < ushort.MaxValue) _votes[at]++;

        uint a = before.Cell(row, column), b = after.Cell(row, column);
        for (var i = 0; i < 16; i++)
        {
            var code = (a >> (2 * i)) & 3;
            if (code == 0 || code != ((b >> (2 * i)) & 3)) continue;

            // Boyer and Moore's majority vote: room for one candidate a pixel, however long the source.
            var pixel = Pixel(row, column, i);
            if (_weight[pixel] == 0) _code[pixel] = (byte)code;
            if (_code[pixel] == code) _weight[pixel] += _weight[pixel] < byte.MaxValue ? (byte)1 : (byte)0;
            else _weight[pixel]--;
        }
    }
}
