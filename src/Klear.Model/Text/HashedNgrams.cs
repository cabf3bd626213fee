using System.Text;
using static TorchSharp.torch;

namespace Klear.Model.Text;

// l tokens, k hashed pieces of a token

/// <summary>The encoder that needs no weights: every word of a caption becomes rows of a table that the model learns.</summary>
/// <remarks>
/// A word's pieces are those of fastText (Bojanowski et al. 2017): with &lt; and &gt; around it, the whole and its character n-grams,
/// here of 3 to 5 characters. A piece's row is 1 + FNV-1a-64(its UTF-8) mod (<see cref="Buckets"/> - 1). There is no seed, so rows
/// mean the same on every machine, and words that share n-grams share rows.
/// </remarks>
public sealed class HashedNgrams : ITextEncoder
{
    private const int ShortestNgram = 3;
    private const int LongestNgram = 5;
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Sets the sizes.</summary>
    /// <param name="buckets">Rows of the table with the row 0 that stands for no piece; at least 2.</param>
    /// <param name="maxTokens">Words of a caption that are read; at least 1.</param>
    /// <param name="pieces">Pieces of a word at most, the whole word first, then short n-grams before long ones; at least 1. The default holds all pieces of words of 8 letters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small.</exception>
    public HashedNgrams(int buckets = 4096, int maxTokens = 48, int pieces = 24)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        (Buckets, MaxTokens, Pieces) = (buckets, maxTokens, pieces);
    }

    /// <summary>Words of a caption that are read; later ones are left out.</summary>
    public int MaxTokens { get; }

    /// <summary>Pieces of a word at most, the second size of what <see cref="Encode"/> gives.</summary>
    public int Pieces { get; }

    /// <inheritdoc/>
    public string Identity => string.Create(null, $"hashed-ngrams-1 fnv1a64 n={ShortestNgram}..{LongestNgram} buckets={Buckets} tokens={MaxTokens} pieces={Pieces}");

    /// <inheritdoc/>
    public int Width => 0;

    /// <inheritdoc/>
    public int Buckets { get; }

    /// <inheritdoc/>
    public Tensor Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        List<string> words = [.. CaptionWords.Split(text).Take(MaxTokens)];
        if (words.Count == 0) return zeros(0, Pieces, dtype: ScalarType.Int64);

        var rows = new long[words.Count * Pieces];
        for (var token = 0; token < words.Count; token++) Fill(words[token], rows.AsSpan(token * Pieces, Pieces));
        return tensor(rows, words.Count, Pieces, dtype: ScalarType.Int64);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>FNV-1a with 64 bits.</summary>
    /// <param name="bytes">What to hash.</param>
    /// <returns>The hash; the offset basis for no bytes.</returns>
    internal static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = FnvOffset;
        foreach (var value in bytes) hash = unchecked((hash ^ value) * FnvPrime);

        return hash;
    }

    /// <summary>A word's pieces, each once.</summary>
    /// <param name="word">A word of <see cref="CaptionWords"/>.</param>
    /// <returns>The whole word, then its n-grams, short ones first.</returns>
    internal static IEnumerable<string> PiecesOf(string word)
    {
        string[] characters = ["<", .. word.EnumerateRunes().Select(rune => rune.ToString()), ">"];
        var whole = string.Concat(characters);
        var ngrams =
            from length in Enumerable.Range(ShortestNgram, LongestNgram - ShortestNgram + 1)
            from start in Enumerable.Range(0, Math.Max(0, characters.Length - length + 1))
            select string.Concat(characters.AsSpan(start, length));
        return ngrams.Prepend(whole).Distinct(StringComparer.Ordinal);
    }

    private void Fill(string word, Span<long> rows)
    {
        var next = 0;
        foreach (var piece in PiecesOf(word).Take(Pieces))
        {
            rows[next++] = 1 + (long)(Hash(Encoding.UTF8.GetBytes(piece)) % (ulong)(Buckets - 1));
        }
    }
}
