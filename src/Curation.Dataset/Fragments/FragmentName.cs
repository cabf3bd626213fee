using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Curation.Dataset.Fragments;

/// <summary>Names a fragment by everything that its content follows from, so that work that is done is recognised and work that is stale is not.</summary>
public static class FragmentName
{
    /// <summary>Names the fragment of a source that could be read.</summary>
    /// <param name="sourceSha256">SHA-256 of the source's content.</param>
    /// <param name="pipelineVersion">See <see cref="Clips.PipelineVersion"/>.</param>
    /// <param name="methodVersions">Version of every measurement method, by method; the order does not matter.</param>
    /// <param name="clipMin">The policy's shortest clip.</param>
    /// <param name="clipMax">The policy's longest clip.</param>
    /// <param name="policySha256">SHA-256 of the policy.</param>
    /// <param name="modelDigests">Digest of every model, by slot; the order does not matter.</param>
    /// <param name="licence">Licence from the input list: rows carry it, so two lists may not share a fragment.</param>
    /// <param name="rights">Rights statement from the input list.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string From(
        string sourceSha256,
        string pipelineVersion,
        IEnumerable<KeyValuePair<string, string>> methodVersions,
        TimeSpan clipMin,
        TimeSpan clipMax,
        string policySha256,
        IEnumerable<KeyValuePair<string, string>> modelDigests,
        string? licence = null,
        string? rights = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceSha256);
        ArgumentException.ThrowIfNullOrEmpty(pipelineVersion);
        ArgumentNullException.ThrowIfNull(methodVersions);
        ArgumentException.ThrowIfNullOrEmpty(policySha256);
        ArgumentNullException.ThrowIfNull(modelDigests);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "content");
        Add(hash, sourceSha256);
        Add(hash, pipelineVersion);
        AddSorted(hash, methodVersions);
        Add(hash, clipMin.Ticks);
        Add(hash, clipMax.Ticks);
        Add(hash, policySha256);
        AddSorted(hash, modelDigests);
        Add(hash, licence);
        Add(hash, rights);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Names the fragment of a source whose content could not be read, which holds only a quarantine record.</summary>
    /// <param name="sourceUri">Where the source lies.</param>
    /// <param name="pipelineVersion">See <see cref="Clips.PipelineVersion"/>.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string FromUnreadable(string sourceUri, string pipelineVersion)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceUri);
        ArgumentException.ThrowIfNullOrEmpty(pipelineVersion);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "unreadable");
        Add(hash, sourceUri);
        Add(hash, pipelineVersion);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddSorted(IncrementalHash hash, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).ToList();
        Add(hash, sorted.Count);
        foreach (var (key, value) in sorted)
        {
            Add(hash, key);
            Add(hash, value);
        }
    }

    // Every text is preceded by its length, so that no two lists of texts run into the same bytes.
    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Add(hash, text is null ? -1 : bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
