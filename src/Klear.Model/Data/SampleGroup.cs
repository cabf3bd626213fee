using Curation.Clips;

namespace Klear.Model.Data;

/// <summary>The clips of one split in one bucket, in a new shuffle each epoch.</summary>
internal sealed class SampleGroup
{
    private readonly LatentEntry[] _entries;
    private readonly ulong _seed;
    private int[] _order = [];
    private long _epochOfOrder = -1;

    public SampleGroup(LatentBucket bucket, Split split, IEnumerable<LatentEntry> entries, ulong seed)
    {
        Name = $"{bucket}/{split.ToName()}";
        Split = split;
        _entries = [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        _seed = seed;
    }

    public string Name { get; }

    public Split Split { get; }

    public int Count => _entries.Length;

    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <summary>Clips given out so far, over all epochs.</summary>
    public long Taken { get; set; }

    /// <summary>The next clip.</summary>
    public LatentEntry Take()
    {
        var (epoch, place) = Math.DivRem(Taken, _entries.Length);
        if (epoch != _epochOfOrder)
        {
            _order = Shuffle(epoch);
            _epochOfOrder = epoch;
        }

        Taken++;
        return _entries[_order[place]];
    }

    private int[] Shuffle(long epoch)
    {
        var random = new SampleRandom(_seed, Name, epoch);
        var order = Enumerable.Range(0, _entries.Length).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
