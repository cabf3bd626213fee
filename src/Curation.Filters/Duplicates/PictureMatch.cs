using System.Numerics;

namespace Curation.Filters.Duplicates;

/// <summary>How far two rows of picture hashes differ.</summary>
public static class PictureMatch
{
    /// <summary>Share of bits in which copies may differ by pictures alone. Copies of the fixtures with up to 8 % cut away read up to 0.05, another moment before the same camera 0.12 and more.</summary>
    public const double MostErrorAlone = 0.08;

    /// <summary>Share of bits in which copies may differ where the sound is the same and says when: pictures that lost 16 % read up to 0.21, other pictures 0.44 and more.</summary>
    public const double MostErrorWithSound = 0.25;

    /// <summary>Pictures that both must have.</summary>
    public const int LeastPictures = 3;

    private const int BitsOfHash = 64;

    /// <summary>The share of bits that differ when one row begins so many half seconds after the other: of whole pictures, or of one's middle and the other's whole, whichever is least.</summary>
    /// <param name="first">Hashes of whole and middle in turn.</param>
    /// <param name="second">The other's.</param>
    /// <param name="offset">Pictures of the first before the second begins; negative where the second begins earlier.</param>
    /// <returns>0..1, unrelated pictures near 0.5; null where they overlap too little or have too little in them. A picture that is empty in one of them alone counts as half different.</returns>
    public static double? Error(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, int offset)
    {
        var (long1, long2) = (first.Length / 2, second.Length / 2);
        var from = Math.Max(0, offset);
        var until = Math.Min(long1, long2 + offset);
        if (until - from < SoundMatch.LeastOverlap * Math.Min(long1, long2)) return null;

        var (both, alone, whole, firstInner, secondInner) = (0, 0, 0, 0, 0);
        for (var index = from; index < until; index++)
        {
            var (x, y) = (first[2 * index], second[2 * (index - offset)]);
            if (x != 0 && y != 0)
            {
                both++;
                whole += BitOperations.PopCount(x ^ y);
                firstInner += BitOperations.PopCount(first[(2 * index) + 1] ^ y);
                secondInner += BitOperations.PopCount(x ^ second[(2 * (index - offset)) + 1]);
            }
            else if (x != y)
            {
                alone++;
            }
        }

        return both < LeastPictures ? null : (Math.Min(whole, Math.Min(firstInner, secondInner)) + (alone * BitsOfHash / 2.0)) / ((both + alone) * BitsOfHash);
    }

    /// <summary>Whether two rows are pictures of the same at some offset, by themselves.</summary>
    /// <param name="first">Hashes of whole and middle in turn.</param>
    /// <param name="second">The other's.</param>
    /// <returns>True where they are.</returns>
    public static bool Matches(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
    {
        var (long1, long2) = (first.Length / 2, second.Length / 2);
        for (var offset = 1 - long2; offset < long1; offset++)
        {
            if (Error(first, second, offset) <= MostErrorAlone) return true;
        }

        return false;
    }
}
