using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>Draws a stratified random sample from a listing of any length, in one pass and in memory that does not grow with it.</summary>
/// <remarks>
/// Strata get sources in proportion to their bytes, or to their sources where sizes are not told (Cochran 1977, section 5.5), and at least five: two would do for a
/// variance, but two sources are too often alike by chance, and then an interval is far too short.
/// </remarks>
public sealed class SourceSampler
{
    /// <summary>Sources of the least sample.</summary>
    public const int LeastSize = 2;

    /// <summary>Name of the stratum that small ones are put together in.</summary>
    public const string Others = "(others)";

    // Beyond it names are not told apart: a folder for each of a million sources is no stratum. Uncalibrated.
    private const int MostStrata = 256;

    private const string All = "(all)";
    private const int Examples = 10;

    // Uncalibrated.
    private const int LeastOfEach = 5;

    private readonly int _size;
    private readonly int _seed;
    private readonly SourceStratum _stratum;
    private readonly Dictionary<StratumKind, Dictionary<string, StratumSketch>> _sketches;
    private readonly List<SourceItem> _unreadable = [];
    private long _unreadableCount;

    /// <summary>Starts a sample.</summary>
    /// <param name="input">The input as the plan names it.</param>
    /// <param name="size">Sources to draw; at least <see cref="LeastSize"/>.</param>
    /// <param name="seed">The same seed draws the same sources of the same input.</param>
    /// <param name="kind">What parts the strata; null for folders, and containers where all sources lie in one folder.</param>
    public SourceSampler(string input, int size, int seed, StratumKind? kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, LeastSize);

        _size = size;
        _seed = seed;
        _stratum = new SourceStratum(input);
        _sketches = (kind is { } one ? [one] : Enum.GetValues<StratumKind>()).ToDictionary(each => each, _ => new Dictionary<string, StratumSketch>(StringComparer.Ordinal));
    }

    /// <summary>Sources met so far.</summary>
    public long Listed { get; private set; }

    /// <summary>Meets one source of the listing.</summary>
    /// <param name="item">The source.</param>
    public void Offer(SourceItem item)
    {
        ArgumentNullException.ThrowIfNull(item);

        Listed++;
        if (item.Problem is not null)
        {
            _unreadableCount++;
            if (_unreadable.Count < Examples) _unreadable.Add(item);
            return;
        }

        var order = StratumSketch.OrderOf(item, _seed);
        foreach (var (kind, sketches) in _sketches) SketchOf(sketches, _stratum.Of(item, kind)).Add(item, order);
    }

    /// <summary>Draws the sample.</summary>
    /// <returns>The strata with their sources.</returns>
    public SampleDesign Draw()
    {
        var kind = _sketches.Count == 1 || _sketches[StratumKind.Folder].Count > 1 ? _sketches.Keys.First() : StratumKind.Container;
        var all = _sketches[kind].Values.ToList();
        var hasSizes = all.All(sketch => sketch.Unsized == 0);
        var sketches = Join(all, sketch => hasSizes ? sketch.Bytes : sketch.Sources);
        var counts = Allocate(sketches, sketch => hasSizes ? sketch.Bytes : sketch.Sources);
        return new SampleDesign(
            kind, _seed, [.. sketches.Select((sketch, place) => new Stratum(sketch.Name, sketch.Sources, sketch.Bytes, sketch.First(counts[place])))], hasSizes, _unreadableCount, _unreadable);
    }

    private StratumSketch SketchOf(Dictionary<string, StratumSketch> sketches, string name)
    {
        if (sketches.TryGetValue(name, out var sketch)) return sketch;

        if (sketches.Count >= MostStrata) name = Others;
        if (!sketches.TryGetValue(name, out sketch)) sketches[name] = sketch = new StratumSketch(name, _size);
        return sketch;
    }

    // The least of each has to fit: where it does not, the smallest strata are taken as one.
    private List<StratumSketch> Join(List<StratumSketch> sketches, Func<StratumSketch, long> weight)
    {
        var ordered = sketches.OrderByDescending(weight).ThenBy(sketch => sketch.Name, StringComparer.Ordinal).ToList();
        if (ordered.Sum(sketch => Math.Min(LeastOfEach, sketch.Sources)) <= _size) return ordered;

        var most = Math.Max(1, _size / LeastOfEach);
        var others = new StratumSketch(most == 1 ? All : Others, _size);
        foreach (var small in ordered.Skip(most - 1)) others.Join(small);
        return [.. ordered.Take(most - 1), others];
    }

    // Sources are given one by one to whoever has the fewest for its weight (Webster 1832, Sainte-Lague 1910).
    private int[] Allocate(List<StratumSketch> sketches, Func<StratumSketch, long> weight)
    {
        var counts = sketches.Select(sketch => (int)Math.Min(LeastOfEach, sketch.Sources)).ToArray();
        for (var left = _size - counts.Sum(); left > 0; left--)
        {
            var neediest = -1;
            for (var place = 0; place < counts.Length; place++)
            {
                if (counts[place] < sketches[place].Sources && (neediest < 0 || Need(place) > Need(neediest))) neediest = place;
            }

            if (neediest < 0) break;
            counts[neediest]++;
        }

        return counts;

        double Need(int place) => weight(sketches[place]) / ((2.0 * counts[place]) + 1);
    }
}
