namespace Curation.Dataset.Tests;

/// <summary>Bytes without a pattern, the same each time: a range from the wrong place shows.</summary>
internal static class SeededBytes
{
    public static byte[] Of(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
