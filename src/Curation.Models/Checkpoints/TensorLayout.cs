namespace Curation.Models.Checkpoints;

/// <summary>Arithmetic on sizes that came from a file and may be absurd.</summary>
internal static class TensorLayout
{
    /// <returns>Bytes of a dense tensor; null where they overflow or a size is negative.</returns>
    public static long? BytesOf(TensorInfo info)
    {
        if (info.Shape.Any(size => size < 0)) return null;
        if (info.Shape.Contains(0)) return 0;

        var bytes = (Int128)info.ElementBytes;
        foreach (var size in info.Shape)
        {
            bytes *= size;
            if (bytes > long.MaxValue) return null;
        }

        return (long)bytes;
    }
}
