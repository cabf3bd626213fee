using System.Runtime.InteropServices;

namespace Curation.Filters.Video;

/// <summary>Finds text that pops in and out of a clip: subtitles and captions over a scene that may stand still.</summary>
/// <remarks>
/// Own. What belongs to a scene comes and goes by moving; overlaid text appears in one picture, stays unmoved for about a second or more and
/// leaves in one picture, as a wide, low group of cells full of edges.
/// </remarks>
internal sealed class OverlaidText
{
    /// <summary>Fewest edge pixels of a cell of text, of 16; uncalibrated.</summary>
    private const int FewestEdges = 5;

    /// <summary>Fewest cells of a line of text; uncalibrated.</summary>
    private const int SmallestText = 5;

    /// <summary>Share of a group's surroundings that must stand still while it pops; what stands in moving surroundings is found by its staying; uncalibrated.</summary>
    private const float StillSurroundings = 0.6f;

    private readonly int _columns;
    private readonly int _rows;
    private readonly bool[] _event;
    private readonly bool[] _seen;
    private readonly CellChange[] _changes;
    private readonly List<int> _group = [];

    /// <summary>Makes a finder for samples of a size.</summary>
    public OverlaidText(int columns, int rows)
    {
        _columns = columns;
        _rows = rows;
        _event = new bool[columns * rows];
        _seen = new bool[columns * rows];
        _changes = new CellChange[columns * rows];
    }

    /// <summary>Marks the cells of each sample that show such text.</summary>
    /// <param name="samples">The clip's samples.</param>
    /// <param name="marks">One byte for each cell of each sample; set to 1 where there is text.</param>
    public void Mark(ReadOnlySpan<PictureSample> samples, Span<byte> marks)
    {
        for (var i = 1; i < samples.Length; i++)
        {
            // Appears at i and stays, or stayed up to i - 1 and is gone at i.
            if (i + 1 < samples.Length) Look(samples, i, i - 1, 1, marks);
            if (i >= 2) Look(samples, i - 1, i, -1, marks);
        }
    }

    /// <summary>Finds groups that are there in one sample and its next in a direction, and are not in the other.</summary>
    private void Look(ReadOnlySpan<PictureSample> samples, int there, int gone, int step, Span<byte> marks)
    {
        for (var at = 0; at < _event.Length; at++)
        {
            int row = at / _columns, column = at % _columns;
            var here = samples[there].Cell(row, column);
            _event[at] = CellPair.Edges(here) >= FewestEdges
                && CellPair.IsKept(here, samples[there + step].Cell(row, column))
                && CellPair.Matches(here, samples[gone].Cell(row, column)) < 0.4f * CellPair.Edges(here);
            _seen[at] = false;
        }

        CellPair.Compare(samples[gone], samples[there], _changes);

        for (var at = 0; at < _event.Length; at++)
        {
            if (!_event[at] || _seen[at]) continue;

            Gather(at);
            if (_group.Count < SmallestText || !TextShape.Fits(samples[there], CollectionsMarshal.AsSpan(_group)) || !StandsInStillness()) continue;

            foreach (var member in _group) Follow(samples, there, step, member, marks);
        }
    }

    private void Gather(int start)
    {
        _group.Clear();
        _group.Add(start);
        _seen[start] = true;
        for (var next = 0; next < _group.Count; next++)
        {
            int row = _group[next] / _columns, column = _group[next] % _columns;
            for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
            {
                // Gaps between words are up to two cells wide.
                for (var x = Math.Max(0, column - 2); x <= Math.Min(_columns - 1, column + 2); x++)
                {
                    var at = y * _columns + x;
                    if (!_event[at] || _seen[at]) continue;
                    _seen[at] = true;
                    _group.Add(at);
                }
            }
        }
    }

    /// <summary>Whether most of what lies two cells around the group, itself left out, did not change.</summary>
    private bool StandsInStillness()
    {
        int still = 0, all = 0;
        foreach (var member in _group)
        {
            int row = member / _columns, column = member % _columns;
            for (var y = Math.Max(0, row - 2); y <= Math.Min(_rows - 1, row + 2); y++)
            {
                for (var x = Math.Max(0, column - 2); x <= Math.Min(_columns - 1, column + 2); x++)
                {
                    var at = y * _columns + x;
                    if (_event[at]) continue;
                    all++;
                    still += _changes[at] == CellChange.Changed ? 0 : 1;
                }
            }
        }

        return all > 0 && still >= StillSurroundings * all;
    }

    /// <summary>Marks a cell for as long as its edges stay.</summary>
    private void Follow(ReadOnlySpan<PictureSample> samples, int from, int step, int member, Span<byte> marks)
    {
        int row = member / _columns, column = member % _columns;
        var pattern = samples[from].Cell(row, column);
        for (var i = from; i >= 0 && i < samples.Length && (i == from || CellPair.IsKept(pattern, samples[i].Cell(row, column))); i += step)
        {
            marks[i * _columns * _rows + member] = 1;
        }
    }
}
