using System.Runtime.InteropServices;

namespace Curation.Filters.Duplicates;

/// <summary>What a clip sounds like: the words of <see cref="SoundPrinter"/> from its start on.</summary>
/// <param name="Words">20 a second; 0 where there is next to no sound.</param>
public sealed record SoundSignature(IReadOnlyList<uint> Words)
{
    /// <summary>The method, as it stands before the signature's text.</summary>
    public const string Method = "sound-band-signs";

    /// <summary>Raise it whenever the same sound may give other words.</summary>
    public const string MethodVersion = "1";

    /// <summary>Takes the words of a clip.</summary>
    /// <param name="words">The words, silence included.</param>
    /// <returns>Null where all is silent.</returns>
    public static SoundSignature? Of(IReadOnlyList<uint> words)
    {
        ArgumentNullException.ThrowIfNull(words);

        return words.All(word => word == 0) ? null : new SoundSignature(words);
    }

    /// <summary>The signature as a column holds it.</summary>
    /// <returns>Method, version, and the words in base64, four bytes each, the lowest first.</returns>
    public string ToText() => SignatureText.Write(Method, MethodVersion, MemoryMarshal.AsBytes<uint>([.. Words]));

    /// <summary>Reads a signature.</summary>
    /// <param name="text">From <see cref="ToText"/>.</param>
    /// <param name="words">Receives the words.</param>
    /// <returns>False where the text is not of this method and version, or is damaged.</returns>
    public static bool TryRead(string text, out uint[] words)
    {
        words = SignatureText.Read(Method, MethodVersion, text) is { } bytes && bytes.Length % sizeof(uint) == 0 ? MemoryMarshal.Cast<byte, uint>(bytes).ToArray() : [];
        return words.Length > 0;
    }
}
