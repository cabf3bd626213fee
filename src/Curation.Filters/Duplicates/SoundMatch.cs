using System.Numerics;

namespace Curation.Filters.Duplicates;

/// <summary>How far two rows of fingerprint words differ.</summary>
public static class SoundMatch
{
    /// <summary>
    /// Share of bits in which copies may differ. Haitsma and Kalker take 0.35 for three seconds of 86 words each; copies of the fixtures at low bit rates
    /// and between two words read up to 0.15, different sounds 0.39 and more.
    /// </summary>
    public const double MostError = 0.25;

    /// <summary>Share of the shorter clip that both must cover.</summary>
    public const double LeastOverlap = 0.7;

    /// <summary>Words with sound on both sides below which nothing is said: 1 s.</summary>
    public const int LeastWords = 20;

    private const int BitsOfWord = 32;

    /// <summary>The share of bits that differ when one row begins so many words after the other.</summary>
    /// <param name="first">One row.</param>
    /// <param name="second">The other.</param>
    /// <param name="offset">Words of the first before the second begins; negative where the second begins earlier.</param>
    /// <returns>0..1, unrelated sounds near 0.5; null where they overlap too little or are too silent to tell. A word that is silent in one of them alone counts as half different.</returns>
    public static double? Error(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second, int offset)
    {
        var from = Math.Max(0, offset);
        var until = Math.Min(first.Length, second.Length + offset);
        if (until - from < LeastOverlap * Math.Min(first.Length, second.Length)) return null;

        var (both, alone, bits) = (0, 0, 0);
        var left = first[from..until];
        var right = second[(from - offset)..(until - offset)];
        for (var index = 0; index < left.Length; index++)
        {
            var (x, y) = (left[index], right[index]);
            if (x != 0 && y != 0)
            {
                both++;
                bits += BitOperations.PopCount(x ^ y);
            }
            else if (x != y)
            {
                alone++;
            }
        }

        return both < LeastWords ? null : (bits + (alone * BitsOfWord / 2.0)) / ((both + alone) * BitsOfWord);
    }

    /// <summary>The offset at which two rows differ least, if that is as little as copies do.</summary>
    /// <param name="first">One row.</param>
    /// <param name="second">The other.</param>
    /// <returns>Words of the first before the second begins; null where the sounds are not the same.</returns>
    public static int? Align(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second)
    {
        if (first.IsEmpty || second.IsEmpty) return null;

        var spare = (int)Math.Ceiling(LeastOverlap * Math.Min(first.Length, second.Length));
        var (best, least) = ((int?)null, MostError);
        for (var offset = spare - second.Length; offset <= first.Length - spare; offset++)
        {
            if (Error(first, second, offset) is { } error && error <= least && (best is null || error < least)) (best, least) = (offset, error);
        }

        return best;
    }
}
