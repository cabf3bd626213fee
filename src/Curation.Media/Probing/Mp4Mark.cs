namespace Curation.Media.Probing;

/// <summary>Whether a file begins as mp4 files do: ffmpeg tries the mp4 reader on any file of that name, and then misses the index.</summary>
internal static class Mp4Mark
{
    private static readonly string[] FirstAtoms = ["ftyp", "moov", "mdat", "free", "skip", "wide", "styp", "pnot", "moof", "uuid"];

    public static bool Stands(string path)
    {
        Span<byte> head = stackalloc byte[8];
        using var handle = File.OpenHandle(path);
        return RandomAccess.Read(handle, head, 0) == head.Length && FirstAtoms.Contains(System.Text.Encoding.Latin1.GetString(head[4..]));
    }
}
