using System.Collections.Concurrent;
using System.Numerics;

namespace Curation.Filters.Duplicates;

/// <summary>Finds the pairs of clips that are worth comparing: those with a piece of a word or of a hash in common, and neighbours that agree with it.</summary>
/// <remarks>
/// Keys are sorted in passes of bounded size, so memory does not grow with their number. A key that many clips share links each to its next few
/// only: true copies share many keys, and a chain is enough to bring a group together. Nothing depends on threads: every pass gives the same pairs.
/// </remarks>
internal sealed class CandidatePairs
{
    /// <summary>Clips from which on only some of the keys of sound are taken, always the same of the same sound. Uncalibrated.</summary>
    private const int ManyClips = 200_000;

    /// <summary>One key in so many is taken then; a power of two.</summary>
    private const int SampleOfMany = 4;

    /// <summary>Keys in memory at once in each thread, 8 bytes each.</summary>
    private const int KeysOfPass = 6_000_000;

    /// <summary>Clips that a clip is linked to by one key.</summary>
    private const int Links = 8;

    private const uint KeyMask = (1U << 24) - 1;

    /// <summary>Words around a common key that are compared before the whole is.</summary>
    private const int NearWords = 6;

    private const double MostNearError = 0.36;
    private const int MostHashBits = 12;

    // The lower frequencies of a hash hold through more; the higher ones tell more apart.
    private static readonly ulong Lower = LowerFrequencies();

    private readonly SignatureTable _table;
    private readonly int _threads;
    private readonly ConcurrentDictionary<ulong, DuplicateKind?> _related = new();

    private CandidatePairs(SignatureTable table, int threads) => (_table, _threads) = (table, threads);

    /// <summary>Finds and compares pairs.</summary>
    /// <param name="table">The signatures.</param>
    /// <param name="threads">Threads to take.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Stops between two passes.</param>
    /// <returns>Those that share something, with the lower index first; ordered.</returns>
    public static IReadOnlyList<(int First, int Second, DuplicateKind Kind)> Find(SignatureTable table, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var pairs = new CandidatePairs(table, threads);
        pairs.Pass(pairs.WordKeys, pairs.AgreeInSound, share => progress?.Report(share * 0.7), cancellationToken);
        pairs.Pass(pairs.HashKeys, pairs.AgreeInPicture, share => progress?.Report(0.7 + (share * 0.3)), cancellationToken);
        return [.. pairs._related.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key).Select(pair => ((int)(pair.Key >> 32), (int)(uint)pair.Key, pair.Value!.Value))];
    }

    private static ulong LowerFrequencies()
    {
        var order = Enumerable.Range(0, 64).OrderBy(bit => (bit / 8) + (bit % 8)).ThenBy(bit => bit);
        return order.Take(32).Aggregate(0UL, (mask, bit) => mask | (1UL << bit));
    }

    private static uint Mix(ulong key)
    {
        key = (key ^ (key >> 29)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 32)) * 0x94D049BB133111EB;
        return (uint)(key >> 32);
    }

    private static uint LowKey(uint word) => Mix(word & KeyMask);

    private static uint HighKey(uint word) => Mix((ulong)(word & ~(uint)byte.MaxValue) << 32);

    private static uint LowKey(ulong hash) => Mix(hash & Lower);

    // The lowest bit belongs to the other half and keeps the two kinds of key apart.
    private static uint HighKey(ulong hash) => Mix((hash & ~Lower) | 1);

    // Both ends of a word, each apart from the other: one flipped bit spoils only one of them.
    private void WordKeys(int clip, List<uint> keys)
    {
        var spare = _table.Count > ManyClips ? SampleOfMany - 1U : 0;
        foreach (var word in _table.Words(clip))
        {
            if (word == 0) continue;

            var low = LowKey(word);
            var high = HighKey(word);
            if ((low & spare) == 0) keys.Add(low);
            if ((high & spare) == 0) keys.Add(high);
        }
    }

    private void HashKeys(int clip, List<uint> keys)
    {
        foreach (var hash in _table.Hashes(clip))
        {
            if (hash == 0) continue;

            keys.Add(LowKey(hash));
            keys.Add(HighKey(hash));
        }
    }

    private void Pass(Action<int, List<uint>> keysOf, Func<uint, int, int, bool> agree, Action<double> report, CancellationToken cancellationToken)
    {
        var total = Count(keysOf, cancellationToken);
        var passes = (uint)Math.Max(1, (total + KeysOfPass - 1) / KeysOfPass);
        var done = 0;
        var lists = new ConcurrentBag<List<ulong>>();
        Parallel.For(0, (int)passes, new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken }, pass =>
        {
            // Large lists are used again: thrown away, they would wait for a full collection.
            if (!lists.TryTake(out var entries)) entries = new List<ulong>((int)Math.Min(total, KeysOfPass * 5L / 4));
            entries.Clear();
            var keys = new List<uint>();
            for (var clip = 0; clip < _table.Count; clip++)
            {
                keys.Clear();
                keysOf(clip, keys);
                foreach (var key in keys)
                {
                    // By the key's upper part, so that each pass has all clips of a key.
                    if ((uint)(((ulong)key * passes) >> 32) == pass) entries.Add(((ulong)key << 32) | (uint)clip);
                }
            }

            entries.Sort();
            Link(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries), agree);
            lists.Add(entries);
            report((double)Interlocked.Increment(ref done) / passes);
        });
    }

    private long Count(Action<int, List<uint>> keysOf, CancellationToken cancellationToken)
    {
        var (total, keys) = (0L, new List<uint>());
        for (var clip = 0; clip < _table.Count; clip++)
        {
            if (clip % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            keys.Clear();
            keysOf(clip, keys);
            total += keys.Count;
        }

        return total;
    }

    private void Link(Span<ulong> entries, Func<uint, int, int, bool> agree)
    {
        // A clip may have a key many times; it counts once.
        var kept = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            if (kept == 0 || entries[index] != entries[kept - 1]) entries[kept++] = entries[index];
        }

        for (var index = 0; index < kept; index++)
        {
            var key = (uint)(entries[index] >> 32);
            for (var next = index + 1; next < kept && next <= index + Links && (uint)(entries[next] >> 32) == key; next++)
            {
                var (first, second) = ((int)(uint)entries[index], (int)(uint)entries[next]);
                var pair = ((ulong)(uint)first << 32) | (uint)second;
                if (agree(key, first, second) && !_related.ContainsKey(pair)) _related[pair] = ClipMatch.Relate(_table, first, second);
            }
        }
    }

    private bool AgreeInSound(uint key, int first, int second)
    {
        var left = _table.Words(first);
        var right = _table.Words(second);
        var (at, other) = (Position(left, key), Position(right, key));
        var (bits, words) = (0, 0);
        for (var step = -NearWords; step <= NearWords; step++)
        {
            if ((uint)(at + step) >= (uint)left.Length || (uint)(other + step) >= (uint)right.Length) continue;

            bits += BitOperations.PopCount(left[at + step] ^ right[other + step]);
            words++;
        }

        return bits <= MostNearError * words * 32;

        static int Position(ReadOnlySpan<uint> words, uint key)
        {
            for (var index = 0; index < words.Length; index++)
            {
                if (words[index] != 0 && (LowKey(words[index]) == key || HighKey(words[index]) == key)) return index;
            }

            return 0;
        }
    }

    private bool AgreeInPicture(uint key, int first, int second)
    {
        if (_table.Source(first) == _table.Source(second)) return false;

        return BitOperations.PopCount(Hash(_table.Hashes(first), key) ^ Hash(_table.Hashes(second), key)) <= MostHashBits;

        static ulong Hash(ReadOnlySpan<ulong> hashes, uint key)
        {
            foreach (var hash in hashes)
            {
                if (hash != 0 && (LowKey(hash) == key || HighKey(hash) == key)) return hash;
            }

            return 0;
        }
    }
}
