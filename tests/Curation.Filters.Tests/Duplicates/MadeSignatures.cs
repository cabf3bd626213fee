using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

/// <summary>Signatures without pictures and sound behind them: the same number is the same content.</summary>
internal static class MadeSignatures
{
    public static uint[] Sound(int content, int seconds = 5, double flipped = 0, int noise = 0)
    {
        var (random, flips) = (new Random(content), new Random(noise));
        var words = new uint[seconds * SoundPrinter.PerSecond];
        for (var at = 0; at < words.Length; at++) words[at] = (uint)random.NextInt64(1, uint.MaxValue) ^ (uint)Flips(flips, 32, flipped);
        return words;
    }

    public static ulong[] Pictures(int content, int seconds = 5, double flipped = 0, int noise = 0)
    {
        var (random, flips) = (new Random(-content), new Random(noise));
        var hashes = new ulong[2 * seconds * PictureSignature.PerSecond];
        for (var at = 0; at < hashes.Length; at++) hashes[at] = ((ulong)random.NextInt64() | 1) ^ Flips(flips, 64, flipped);
        return hashes;
    }

    private static ulong Flips(Random random, int bits, double share)
    {
        var flips = 0UL;
        for (var bit = 0; bit < bits && share > 0; bit++) flips |= random.NextDouble() < share ? 1UL << bit : 0;
        return flips;
    }
}
