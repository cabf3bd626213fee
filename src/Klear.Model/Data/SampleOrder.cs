using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Curation.Clips;

namespace Klear.Model.Data;

/// <summary>
/// The order in which a run sees the clips of a cache, fixed by a seed. A batch has clips of one bucket; which bucket, and of which split each
/// clip is, is drawn so that the splits have their weights. Within a split of a bucket the clips come in a new shuffle each epoch, each once.
/// </summary>
/// <remarks>
/// A bucket is drawn with the share of weight that it holds: the sum over splits of the split's weight times the bucket's share of that
/// split's clips; then a split of the bucket in proportion to the same terms. So each split comes as often as its weight says, and each clip
/// of a split as often as the next. Every draw depends only on the seed and the batch's number, so changing the mixture keeps the cursor valid.
/// </remarks>
public sealed class SampleOrder
{
    private readonly ulong _seed;
    private readonly int _batchSize;
    private readonly string _fingerprint;
    private readonly List<(LatentBucket Bucket, List<SampleGroup> Groups)> _buckets;
    private readonly Dictionary<Split, int> _counts;
    private long _batches;

    /// <summary>Makes an order from its start.</summary>
    /// <param name="entries">The clips; their order does not matter.</param>
    /// <param name="batchSize">Clips of a batch, at least 1; the whole batch where several processes share it.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="mixture">Weights of splits, not negative; null for as many as there are clips.</param>
    /// <exception cref="ArgumentException">There are no clips, one stands twice, or no split of the mixture has clips.</exception>
    public SampleOrder(IReadOnlyList<LatentEntry> entries, int batchSize, long seed, IReadOnlyDictionary<Split, double>? mixture = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (entries.Count == 0) throw new ArgumentException("there are no clips to order", nameof(entries));
        if (entries.DistinctBy(entry => entry.Key).Count() != entries.Count) throw new ArgumentException("a clip stands twice among the entries", nameof(entries));

        _batchSize = batchSize;
        _seed = unchecked((ulong)seed);
        _buckets = [.. entries
            .GroupBy(entry => entry.Bucket)
            .OrderBy(bucket => bucket.Key.ToString(), StringComparer.Ordinal)
            .Select(bucket => (bucket.Key, bucket.GroupBy(entry => entry.Split).OrderBy(split => split.Key).Select(split => new SampleGroup(bucket.Key, split.Key, split, _seed)).ToList()))];
        _counts = Groups.GroupBy(group => group.Split).ToDictionary(split => split.Key, split => split.Sum(group => group.Count));
        _fingerprint = Fingerprint();
        Mixture = Weights(mixture);
    }

    /// <summary>Share of each split in the samples to come; they add up to 1.</summary>
    public IReadOnlyDictionary<Split, double> Mixture { get; private set; }

    /// <summary>Where the order stands.</summary>
    public SampleCursor Cursor => new(_fingerprint, _batches, Groups.ToDictionary(group => group.Name, group => group.Taken));

    private IEnumerable<SampleGroup> Groups => _buckets.SelectMany(bucket => bucket.Groups);

    /// <summary>The next batch.</summary>
    /// <returns>Clips of one bucket.</returns>
    public IReadOnlyList<LatentEntry> Next()
    {
        var random = new SampleRandom(_seed, "batch", _batches);
        var groups = _buckets[Draw([.. _buckets.Select(bucket => bucket.Groups.Sum(Share))], ref random)].Groups;
        var shares = groups.Select(Share).ToArray();
        var batch = new LatentEntry[_batchSize];
        for (var i = 0; i < batch.Length; i++) batch[i] = groups[Draw(shares, ref random)].Take();

        _batches++;
        return batch;
    }

    /// <summary>Changes the weights from the next batch on, as a stage of a curriculum does.</summary>
    /// <param name="mixture">Weights of splits, not negative; null for as many as there are clips.</param>
    /// <exception cref="ArgumentException">A weight is negative or no number, or no split with a weight has clips.</exception>
    public void SetMixture(IReadOnlyDictionary<Split, double>? mixture) => Mixture = Weights(mixture);

    /// <summary>Goes on from a cursor.</summary>
    /// <param name="cursor">What <see cref="Cursor"/> gave, of an order with the same clips and seed.</param>
    /// <exception cref="ArgumentException">The cursor is of another order.</exception>
    public void Restore(SampleCursor cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (cursor.Order != _fingerprint) throw new ArgumentException($"the cursor is of the order {cursor.Order} and this is {_fingerprint}: the clips of the cache or the seed changed", nameof(cursor));

        foreach (var group in Groups) group.Taken = cursor.Taken.GetValueOrDefault(group.Name);
        _batches = cursor.Batches;
    }

    private double Share(SampleGroup group) => Mixture.GetValueOrDefault(group.Split) * group.Count / _counts[group.Split];

    private static int Draw(double[] shares, ref SampleRandom random)
    {
        var left = random.NextUnit() * shares.Sum();
        for (var i = 0; i < shares.Length; i++)
        {
            left -= shares[i];
            if (left < 0) return i;
        }

        // Rounding left a rest: the last one that has any share.
        return Array.FindLastIndex(shares, share => share > 0);
    }

    private Dictionary<Split, double> Weights(IReadOnlyDictionary<Split, double>? mixture)
    {
        if (mixture is not null)
        {
            foreach (var (split, weight) in mixture)
            {
                if (!double.IsFinite(weight) || weight < 0) throw new ArgumentException(FormattableString.Invariant($"the weight of {split.ToName()} is {weight}: it must be a number that is not negative"), nameof(mixture));
            }
        }

        var weights = _counts.ToDictionary(split => split.Key, split => mixture is null ? split.Value : mixture.GetValueOrDefault(split.Key));
        var total = weights.Values.Sum();
        if (total <= 0) throw new ArgumentException($"no split with a weight has clips; there are clips of {string.Join(", ", _counts.Keys.Select(split => split.ToName()))}", nameof(mixture));
        return weights.ToDictionary(split => split.Key, split => split.Value / total);
    }

    private string Fingerprint()
    {
        var hash = new XxHash128();
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, _seed);
        hash.Append(seed);
        foreach (var group in Groups)
        {
            foreach (var key in group.Keys) hash.Append(Encoding.UTF8.GetBytes($"{group.Name} {key}\n"));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
