using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>What is kept of one stratum while an input is listed: counts, and the sources whose addresses, hashed with a seed, are smallest.</summary>
/// <remarks>
/// Bottom-k sampling (Cohen and Kaplan 2007): a random sample without replacement whose size is chosen later, that two strata can be joined with,
/// and that depends on nothing but the sources and the seed, not on the order of the listing.
/// </remarks>
/// <param name="name">Its name.</param>
/// <param name="most">Sources that are kept at most.</param>
internal sealed class StratumSketch(string name, int most)
{
    // The largest first, because it is what has to go.
    private readonly PriorityQueue<SourceItem, UInt128> _kept = new(Comparer<UInt128>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Sources.</summary>
    public long Sources { get; private set; }

    /// <summary>Their bytes, as far as they are known.</summary>
    public long Bytes { get; private set; }

    /// <summary>Sources whose size the listing does not tell.</summary>
    public long Unsized { get; private set; }

    /// <summary>The order in which sources are drawn.</summary>
    public static UInt128 OrderOf(SourceItem item, int seed) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{item.Uri}"))));

    /// <summary>Counts a source and draws it, or not.</summary>
    public void Add(SourceItem item, UInt128 order)
    {
        Sources++;
        Bytes += item.SizeBytes ?? 0;
        if (item.SizeBytes is null) Unsized++;
        Keep(item, order);
    }

    /// <summary>Takes another stratum in.</summary>
    public void Join(StratumSketch other)
    {
        Sources += other.Sources;
        Bytes += other.Bytes;
        Unsized += other.Unsized;
        foreach (var (item, order) in other._kept.UnorderedItems) Keep(item, order);
    }

    /// <summary>The first sources in the order in which they are drawn.</summary>
    /// <param name="count">At most as many as are kept.</param>
    public IReadOnlyList<SourceItem> First(int count) => [.. _kept.UnorderedItems.OrderBy(kept => kept.Priority).Take(count).Select(kept => kept.Element)];

    private void Keep(SourceItem item, UInt128 order)
    {
        if (_kept.Count < most) _kept.Enqueue(item, order);
        else _kept.EnqueueDequeue(item, order);
    }
}
