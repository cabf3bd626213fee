using System.Runtime.InteropServices;
using Curation.Clips;

namespace Curation.Filters.Duplicates;

/// <summary>What the pictures of a clip look like, two hashes a second from its start on.</summary>
/// <param name="Hashes">One for each half second; all 0 where there was no picture, or one with too little in it.</param>
public sealed record PictureSignature(IReadOnlyList<PictureHash> Hashes)
{
    /// <summary>The method, as it stands before the signature's text.</summary>
    public const string Method = "picture-dct-hash";

    /// <summary>Raise it whenever the same pictures may give other hashes.</summary>
    public const string MethodVersion = "1";

    /// <summary>Hashes a second.</summary>
    public const int PerSecond = 2;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1.0 / PerSecond);

    /// <summary>Takes for each half second of a clip the hash that lies nearest.</summary>
    /// <param name="span">The clip.</param>
    /// <param name="times">Times of hashes, ascending.</param>
    /// <param name="hashes">A hash for each time.</param>
    /// <returns>Null where no picture of the clip has enough in it to be told by.</returns>
    public static PictureSignature? Of(ClipSpan span, ReadOnlySpan<TimeSpan> times, ReadOnlySpan<PictureHash> hashes)
    {
        if (times.Length != hashes.Length) throw new ArgumentException($"There are {times.Length} times for {hashes.Length} hashes.", nameof(times));

        var taken = new PictureHash[Math.Max(1, (int)Math.Round(span.Duration / Step))];
        var at = 0;
        for (var index = 0; index < taken.Length; index++)
        {
            var wanted = span.Start + (index * Step);
            while (at + 1 < times.Length && (times[at + 1] - wanted).Duration() <= (times[at] - wanted).Duration()) at++;
            if (at < times.Length && (times[at] - wanted).Duration() <= Step) taken[index] = hashes[at];
        }

        return Array.TrueForAll(taken, hash => hash.Whole == 0) ? null : new PictureSignature(taken);
    }

    /// <summary>The signature as a column holds it.</summary>
    /// <returns>Method, version, and the hashes in base64: eight bytes of the whole picture and eight of its middle, the lowest first.</returns>
    public string ToText() => SignatureText.Write(Method, MethodVersion, MemoryMarshal.AsBytes<ulong>([.. Hashes.SelectMany(hash => new[] { hash.Whole, hash.Inner })]));

    /// <summary>Reads a signature.</summary>
    /// <param name="text">From <see cref="ToText"/>.</param>
    /// <param name="hashes">Receives the whole picture's and the middle's hash in turn.</param>
    /// <returns>False where the text is not of this method and version, or is damaged.</returns>
    public static bool TryRead(string text, out ulong[] hashes)
    {
        hashes = SignatureText.Read(Method, MethodVersion, text) is { } bytes && bytes.Length % (2 * sizeof(ulong)) == 0 ? MemoryMarshal.Cast<byte, ulong>(bytes).ToArray() : [];
        return hashes.Length > 0;
    }
}
