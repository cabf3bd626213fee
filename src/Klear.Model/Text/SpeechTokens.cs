using System.Text;
using static TorchSharp.torch;

namespace Klear.Model.Text;

// b batch, l tokens

/// <summary>Speech or lyrics as the model's own speech path reads them: a token for each byte of UTF-8, 1 + its value, so that 0 is padding.</summary>
/// <remarks>Ours: the paper gives that path's width and nothing else. Bytes need no dictionary, leave no word of any language out, and stand close to how a word sounds.</remarks>
public static class SpeechTokens
{
    /// <summary>Rows of the model's table: padding, and every byte.</summary>
    public const int Rows = 1 + 256;

    /// <summary>Bytes that are read where a plan does not say: half a minute of fast speech in Latin script. Uncalibrated.</summary>
    public const int DefaultBytes = 512;

    /// <summary>Bytes of a text in UTF-8; what is no character counts as U+FFFD, which it becomes.</summary>
    /// <param name="text">Any text.</param>
    public static int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>The longest beginning of whole characters that is not too long.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="bytes">Bytes of UTF-8 at most, 0 or above.</param>
    public static string Cut(string text, int bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var (length, left) = (0, bytes);
        foreach (var rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0) return text[..length];

            // What is no character takes one place and is read as U+FFFD, which takes one too.
            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Empty for none.</param>
    /// <returns>Int64 [l] in 1..256; in the caller's dispose scope.</returns>
    public static Tensor Encode(string text) => tensor(Values(text));

    /// <summary>The tokens of several texts.</summary>
    /// <param name="texts">At least one.</param>
    /// <returns>Int64 [b, l], padded with 0, and the tokens of each, Int64 [b]; l is 0 where all are empty. In the caller's dispose scope.</returns>
    public static (Tensor Tokens_bl, Tensor Lengths_b) Stack(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var values = texts.Select(Values).ToArray();
        var longest = values.Max(value => value.Length);
        var padded = new long[texts.Count * longest];
        for (var i = 0; i < values.Length; i++) values[i].CopyTo(padded, i * longest);
        return (tensor(padded, [texts.Count, longest]), tensor(values.Select(value => (long)value.Length).ToArray()));
    }

    private static long[] Values(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => 1L + value)];
}
