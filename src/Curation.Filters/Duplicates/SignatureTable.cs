namespace Curation.Filters.Duplicates;

/// <summary>The signatures of many clips in memory, by index: 80 bytes a second of sound and 32 a second of pictures.</summary>
public sealed class SignatureTable
{
    private readonly List<uint[]> _words = [];
    private readonly List<ulong[]> _hashes = [];
    private readonly List<int> _sources = [];

    /// <summary>Clips.</summary>
    public int Count => _words.Count;

    /// <summary>Adds a clip.</summary>
    /// <param name="words">Its words, as <see cref="SoundSignature.TryRead"/> gives them; empty where it has none.</param>
    /// <param name="hashes">Its hashes, as <see cref="PictureSignature.TryRead"/> gives them; empty where it has none.</param>
    /// <param name="source">A number for its source: clips of one source look alike without being copies.</param>
    /// <returns>Its index.</returns>
    public int Add(uint[] words, ulong[] hashes, int source)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(hashes);
        if (hashes.Length % 2 != 0) throw new ArgumentException($"There are {hashes.Length} hashes; each picture has two.", nameof(hashes));

        _words.Add(words);
        _hashes.Add(hashes);
        _sources.Add(source);
        return _words.Count - 1;
    }

    /// <summary>A clip's words.</summary>
    /// <param name="clip">Its index.</param>
    /// <returns>20 a second.</returns>
    public ReadOnlySpan<uint> Words(int clip) => _words[clip];

    /// <summary>A clip's hashes: of the whole picture and of its middle in turn.</summary>
    /// <param name="clip">Its index.</param>
    /// <returns>Four a second.</returns>
    public ReadOnlySpan<ulong> Hashes(int clip) => _hashes[clip];

    /// <summary>A clip's source.</summary>
    /// <param name="clip">Its index.</param>
    /// <returns>The number that it was added with.</returns>
    public int Source(int clip) => _sources[clip];
}
