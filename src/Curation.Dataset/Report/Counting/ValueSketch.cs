namespace Curation.Dataset.Report.Counting;

/// <summary>
/// The distribution of a stream of finite numbers in bounded memory: logarithmic bins as in DDSketch, so that neither the
/// range nor the number of values need be known before. It does not depend on the order of the values.
/// </summary>
/// <remarks>
/// A bin is a double's exponent and the first 8 bits of its fraction: neighbouring edges are at most 1/256 (0.4 %) apart.
/// A bin stands for the value of smallest magnitude seen in it, so numbers that come again and again, such as 480 px, stay exact.
/// Magnitudes under <see cref="Smallest"/> count as zero and those over <see cref="Largest"/> as that: at most about
/// 36,000 bins exist, and real measurements fill a few hundred.
/// </remarks>
internal sealed class ValueSketch
{
    private const int FractionBits = 8;
    private const double Smallest = 1e-9;
    private const double Largest = 1e12;

    private static readonly long Offset = (BitConverter.DoubleToInt64Bits(Smallest) >> (52 - FractionBits)) - 1;

    private readonly Dictionary<int, Bin> _bins = [];

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one finite value.</summary>
    public void Add(double value)
    {
        Count++;
        var magnitude = Math.Abs(value);
        var key = magnitude < Smallest ? 0 : (int)((BitConverter.DoubleToInt64Bits(Math.Min(magnitude, Largest)) >> (52 - FractionBits)) - Offset);
        if (value < 0) key = -key;
        if (key == 0) value = 0;

        _bins[key] = _bins.TryGetValue(key, out var bin)
            ? new Bin(Math.Abs(bin.Value) <= Math.Abs(value) ? bin.Value : value, bin.Count + 1)
            : new Bin(value, 1);
    }

    /// <summary>The bins from the smallest value to the largest.</summary>
    public IEnumerable<Bin> Ordered() => _bins.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    /// <summary>The distribution of several streams together.</summary>
    public static IReadOnlyList<Bin> Merge(params ReadOnlySpan<ValueSketch> sketches)
    {
        var all = new List<Bin>();
        foreach (var sketch in sketches) all.AddRange(sketch._bins.Values);

        all.Sort((left, right) => left.Value.CompareTo(right.Value));
        return all;
    }

    /// <summary>The value below which a share of the counted values lie.</summary>
    /// <param name="ordered">Bins in order of their values.</param>
    /// <param name="share">0..1.</param>
    /// <returns>To within 0.4 % of the value; null where nothing was counted.</returns>
    public static double? Quantile(IReadOnlyList<Bin> ordered, double share)
    {
        var total = ordered.Sum(bin => bin.Count);
        var wanted = Math.Max(1, (long)Math.Ceiling(share * total));
        var seen = 0L;
        foreach (var bin in ordered)
        {
            seen += bin.Count;
            if (seen >= wanted) return bin.Value;
        }

        return null;
    }

    /// <summary>Values that lie close together.</summary>
    /// <param name="Value">The one of smallest magnitude.</param>
    /// <param name="Count">How many there are.</param>
    internal readonly record struct Bin(double Value, long Count);
}
