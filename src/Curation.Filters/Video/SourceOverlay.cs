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

    /// <summary>The same for a line of text, which a scene seldom holds still by chance; uncalibrated.</summary>
    private const float ChangedRingOfText = 0.3f;

    /// <summary>Fewest cells of a line of text; uncalibrated.</summary>
    private const int SmallestText = 8;

    /// <summary>Largest component, as a share of the picture: a larger one is the scene; uncalibrated.</summary>
    private const float LargestComponent = 0.2f;

    /// <summary>Fewest cells of a component; edges of a moving thing that fall together by chance are smaller; uncalibrated.</summary>
    private const int SmallestComponent = 4;

    /// <summary>By how many votes a cell must once have been ahead to be part of an overlay; uncalibrated.</summary>
    private const int FewestVotes = 6;

    /// <summary>Votes that make a pixel part of an overlay.</summary>
    private const int FewestPixelVotes = 2;

    /// <summary>A lead stops growing here, so that a logo that changes is forgotten within seconds.</summary>
    private const short LargestLead = 30;

    /// <summary>Share of the picture that must have changed somewhen before an overlay can be told from the scene; uncalibrated.</summary>
    private const float FewestChanged = 0.1f;

    private readonly PictureSample[] _recent = new PictureSample[Reach];
    private readonly short[] _lead = new short[Cells];
    private readonly short[] _bestLead = new short[Cells];
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
        if (_bestLead[row * _columns + column] < FewestVotes) return false;

        var cell = sample.Cell(row, column);
        int known = 0, seen = 0;
        for (var i = 0; i < 16; i++)
        {
            var at = Pixel(row, column, i);
            if (_weight[at] < FewestPixelVotes) continue;
            known++;
            seen += _code[at] == ((cell >> (2 * i)) & 3) ? 1 : 0;
        }

        return known >= 2 && 2 * seen >= known;
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
            if (size < SmallestComponent || size > LargestComponent * cells) continue;

            var text = size >= SmallestText && TextShape.Fits(after, _members.AsSpan(0, size));
            if (!SurroundingsChanged(changes, size, text ? ChangedRingOfText : ChangedRing)) continue;
            for (var k = 0; k < size; k++) Vote(_members[k], text ? (short)3 : (short)1, before, after);
        }

        for (var i = 0; i < cells; i++)
        {
            if (changes[i] == CellChange.Changed && _lead[i] > 0 && ChangedAround(changes, i)) _lead[i]--;
        }
    }

    /// <summary>Whether most of a cell's neighbours changed with it: it had the chance to stay and did not.</summary>
    private bool ChangedAround(ReadOnlySpan<CellChange> changes, int at)
    {
        int row = at / _columns, column = at % _columns, changed = -1, all = -1;
        for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
        {
            for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++)
            {
                changed += changes[y * _columns + x] == CellChange.Changed ? 1 : 0;
                all++;
            }
        }

        return 2 * changed >= all;
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

    private bool SurroundingsChanged(ReadOnlySpan<CellChange> changes, int size, float share)
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

        return changed >= 4 && changed >= share * (changed + same);
    }

    private void Vote(int at, short votes, in PictureSample before, in PictureSample after)
    {
        int row = at / _columns, column = at % _columns;
        _lead[at] = (short)Math.Min(LargestLead, _lead[at] + votes);
        _bestLead[at] = Math.Max(_bestLead[at], _lead[at]);

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
