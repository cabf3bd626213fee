using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Fragments;

/// <summary>The outcomes of sources, each in one file that appears whole or not at all, and the stamps that say which outcome is current.</summary>
/// <remarks>Fragment first, stamp second: a stamp never points at nothing, and a fragment without a stamp is found again by its name.</remarks>
public sealed class FragmentStore
{
    internal const string Folder = "_state/fragments";

    private const string StampFolder = "_state/sources";

    /// <summary>Stamps read at once; each is some kilobytes. Uncalibrated: at 10 ms an answer a million take five minutes instead of three hours.</summary>
    private const int StampsAtOnce = 32;

    private readonly IDatasetStore _store;

    /// <summary>Fragments of a data set.</summary>
    /// <param name="store">Where the data set lies.</param>
    public FragmentStore(IDatasetStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>Writes a source's outcome and then its stamp.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="sizeBytes">Size of the source; null where it could not be told.</param>
    /// <param name="modifiedTicks">When the source was last changed, in UTC ticks.</param>
    /// <param name="cancellationToken">Stops between the two.</param>
    /// <returns>The stamp.</returns>
    public async Task<SourceStamp> SaveAsync(SourceOutcome outcome, long? sizeBytes, long? modifiedTicks, CancellationToken cancellationToken = default)
    {
        var summary = await WriteAsync(outcome, cancellationToken).ConfigureAwait(false);
        var stamp = new SourceStamp
        {
            Uri = outcome.SourceUri,
            SizeBytes = sizeBytes,
            ModifiedTicks = modifiedTicks,
            Sha256 = outcome.SourceSha256,
            FragmentName = outcome.FragmentName,
            Summary = summary,
        };
        await WriteStampAsync(stamp, cancellationToken).ConfigureAwait(false);
        return stamp;
    }

    /// <summary>Writes a source's outcome under its fragment name. The first outcome with clips stays: writing the name again changes nothing. A quarantined one, or one that waits for answers, may be replaced.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>What the fragment that now stands under the name adds up to.</returns>
    public async Task<FragmentSummary> WriteAsync(SourceOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var summary = FragmentSummary.Of(outcome);
        var path = FragmentPath(outcome.FragmentName);
        var content = Pack(outcome);
        while (true)
        {
            var existing = await _store.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            if (existing is not null)
            {
                var stored = await SummariseAsync(existing.Content, path, cancellationToken).ConfigureAwait(false);
                if (stored is not null && (stored.RowsSha256 == summary.RowsSha256 || (!stored.Quarantined && (summary.Quarantined || stored.Pending == 0)))) return stored;
            }

            if (await _store.TryReplaceAsync(path, content, existing?.ETag, cancellationToken).ConfigureAwait(false)) return summary with { FileSha256 = Digest(content) };
        }
    }

    /// <summary>Reads a fragment.</summary>
    /// <param name="fragmentName">Its name.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The outcome; null where there is none.</returns>
    public async Task<SourceOutcome?> ReadAsync(string fragmentName, CancellationToken cancellationToken = default)
    {
        var path = FragmentPath(fragmentName);
        var stored = await _store.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return stored is null ? null : await UnpackAsync(stored.Content, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a fragment exists: the same content was done before, perhaps under another URI.</summary>
    /// <param name="fragmentName">Its name.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>True where it does.</returns>
    public async Task<bool> ExistsAsync(string fragmentName, CancellationToken cancellationToken = default) =>
        await _store.ExistsAsync(FragmentPath(fragmentName), cancellationToken).ConfigureAwait(false);

    /// <summary>The stamp of a source.</summary>
    /// <param name="uri">Where the source lies.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Null where the source was never done.</returns>
    public async Task<SourceStamp?> FindStampAsync(string uri, CancellationToken cancellationToken = default)
    {
        var path = StampPath(uri);
        var stored = await _store.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return stored is null ? null : ParseStamp(stored.Content.Span, path);
    }

    /// <summary>Writes a stamp; its fragment must be there already.</summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>Completes when it is durable.</returns>
    public async Task WriteStampAsync(SourceStamp stamp, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        await _store.PutAsync(StampPath(stamp.Uri), JsonSerializer.SerializeToUtf8Bytes(stamp, FragmentJson.Default.SourceStamp), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a source: its rows leave the data set with the next commit.</summary>
    /// <param name="uri">Where the source lay.</param>
    /// <param name="cancellationToken">Stops before the deletion.</param>
    /// <returns>Completes when the stamp is gone.</returns>
    public async Task RemoveStampAsync(string uri, CancellationToken cancellationToken = default) =>
        await _store.DeleteAsync(StampPath(uri), cancellationToken).ConfigureAwait(false);

    /// <summary>Every stamp, in no order.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The stamps, lazily.</returns>
    public async IAsyncEnumerable<SourceStamp> ListStampsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stamp in ReadAhead.SelectAsync(_store.ListAsync(StampFolder, cancellationToken), StampsAtOnce, ReadAsync, cancellationToken).ConfigureAwait(false))
        {
            // A stamp that is removed while they are listed is simply gone.
            if (stamp is not null) yield return stamp;
        }

        async Task<SourceStamp?> ReadAsync(StoredEntry entry, CancellationToken stop) =>
            await _store.ReadAsync(entry.Path, stop).ConfigureAwait(false) is { } stored ? ParseStamp(stored.Content.Span, entry.Path) : null;
    }

    /// <summary>The paths of the fragments that stamps point at.</summary>
    internal async Task<HashSet<string>> ListUsedAsync(CancellationToken cancellationToken)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var stamp in ListStampsAsync(cancellationToken).ConfigureAwait(false)) used.Add(FragmentPath(stamp.FragmentName));
        return used;
    }

    /// <summary>Every source's current outcome, one in memory at a time, in no order; for judging again under another policy.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Stamp and outcome, lazily. The outcome carries the stamp's URI.</returns>
    public async IAsyncEnumerable<(SourceStamp Stamp, SourceOutcome Outcome)> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var stamp in ListStampsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return (stamp, await ReadForAsync(stamp, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>The outcome that a stamp points at, with the stamp's own URI in every row.</summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="DatasetException">The fragment is gone.</exception>
    public async Task<SourceOutcome> ReadForAsync(SourceStamp stamp, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        return (await ReadWithSummaryAsync(stamp, cancellationToken).ConfigureAwait(false)).Outcome;
    }

    /// <summary>As <see cref="ReadForAsync"/>, with what the fragment adds up to now: the stamp's own summary unless the fragment was replaced.</summary>
    internal async Task<(SourceOutcome Outcome, FragmentSummary Summary)> ReadWithSummaryAsync(SourceStamp stamp, CancellationToken cancellationToken)
    {
        var path = FragmentPath(stamp.FragmentName);
        var stored = await _store.ReadAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"{_store.Address}: the fragment {path} of {stamp.Uri} is gone. Delete {StampPath(stamp.Uri)} and run again: that source will be done anew.");
        var outcome = await UnpackAsync(stored.Content, path, cancellationToken).ConfigureAwait(false);
        var digest = Digest(stored.Content.Span);
        var summary = digest == stamp.Summary.FileSha256 ? stamp.Summary : FragmentSummary.Of(outcome) with { FileSha256 = digest };
        return (outcome.SourceUri == stamp.Uri ? outcome : Rename(outcome, stamp.Uri), summary);
    }

    private static SourceOutcome Rename(SourceOutcome outcome, string uri) => outcome with
    {
        SourceUri = uri,
        Clips = [.. outcome.Clips.Select(clip => clip with { SourceUri = uri })],
        Quarantine = outcome.Quarantine is { } quarantine ? quarantine with { SourceUri = uri } : null,
    };

    private static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string FragmentPath(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length < 8 || !name.All(char.IsAsciiHexDigitLower)) throw new ArgumentException($"'{name}' is not a fragment name: it must be lower-case hexadecimal.", nameof(name));

        return $"{Folder}/{name[..2]}/{name}.json.gz";
    }

    private static string StampPath(string uri)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri)));
        return $"{StampFolder}/{name[..2]}/{name}.json";
    }

    private static byte[] Pack(SourceOutcome outcome)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, outcome, FragmentJson.Default.SourceOutcome);
        }

        return packed.ToArray();
    }

    /// <returns>Null where the fragment is damaged: the outcome at hand replaces it.</returns>
    private async Task<FragmentSummary?> SummariseAsync(ReadOnlyMemory<byte> content, string path, CancellationToken cancellationToken)
    {
        try
        {
            return FragmentSummary.Of(await UnpackAsync(content, path, cancellationToken).ConfigureAwait(false)) with { FileSha256 = Digest(content.Span) };
        }
        catch (DatasetException)
        {
            return null;
        }
    }

    private async Task<SourceOutcome> UnpackAsync(ReadOnlyMemory<byte> content, string path, CancellationToken cancellationToken)
    {
        try
        {
            var gzip = new GZipStream(new MemoryStream(content.ToArray(), writable: false), CompressionMode.Decompress);
            await using (gzip.ConfigureAwait(false))
            {
                return await JsonSerializer.DeserializeAsync(gzip, FragmentJson.Default.SourceOutcome, cancellationToken).ConfigureAwait(false)
                    ?? throw new JsonException("It holds null.");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or ArgumentException)
        {
            throw new DatasetException($"{_store.Address}: the fragment {path} cannot be read: {error.Message} Remove the stamp of its source and run again: that source will be done anew.", error);
        }
    }

    private SourceStamp ParseStamp(ReadOnlySpan<byte> content, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(content, FragmentJson.Default.SourceStamp) ?? throw new JsonException("It holds null.");
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{_store.Address}: the stamp {path} cannot be read: {error.Message} Delete it and run again: that source will be done anew.", error);
        }
    }
}
