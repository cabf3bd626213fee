using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Runs;

/// <summary>What the one decode of a source said, kept beside its fragments: another policy or a new model asks here instead of decoding again.</summary>
/// <remarks>Named by everything it follows from, so a changed source, method or clip length never meets an old answer. A damaged file is an absent one.</remarks>
/// <param name="store">The data set.</param>
public sealed class AnalysisStore(IDatasetStore store)
{
    private const string Folder = "_state/analysis";

    private static readonly JsonSerializerOptions Format = new() { Converters = { new PictureTimesConverter() } };

    /// <summary>The scenes of a source, as an earlier run measured them.</summary>
    /// <param name="sourceSha256">Digest of the source's content.</param>
    /// <param name="clipMax">The policy's longest clip.</param>
    /// <param name="shots">Version of the model that helped to split the source; null where none did.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The scenes in order of time; null where nobody measured them with these methods.</returns>
    public async Task<IReadOnlyList<MeasuredClip>?> FindAsync(string sourceSha256, TimeSpan clipMax, string? shots, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(PathOf(sourceSha256, clipMax, shots), cancellationToken) is not { } stored) return null;

        try
        {
            await using var gzip = new GZipStream(new MemoryStream(stored.Content.ToArray(), writable: false), CompressionMode.Decompress);
            return await JsonSerializer.DeserializeAsync<IReadOnlyList<MeasuredClip>>(gzip, Format, cancellationToken);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps the scenes of a source.</summary>
    /// <param name="sourceSha256">Digest of the source's content.</param>
    /// <param name="clipMax">The policy's longest clip.</param>
    /// <param name="shots">Version of the model that helped to split the source; null where none did.</param>
    /// <param name="clips">The scenes in order of time.</param>
    /// <param name="cancellationToken">Stops before they are visible.</param>
    /// <returns>Completes when they are durable.</returns>
    public async Task PutAsync(string sourceSha256, TimeSpan clipMax, string? shots, IReadOnlyList<MeasuredClip> clips, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await JsonSerializer.SerializeAsync(gzip, clips, Format, cancellationToken);
        }

        await store.PutAsync(PathOf(sourceSha256, clipMax, shots), packed.GetBuffer().AsMemory(0, (int)packed.Length), cancellationToken);
    }

    private static string PathOf(string sourceSha256, TimeSpan clipMax, string? shots)
    {
        var methods = Filters.FilterMethods.All.Select(method => $"{method.Key}={method.Value}").Order(StringComparer.Ordinal);
        var text = string.Join('\n', ["analysis/1", sourceSha256, PipelineVersion.Current, clipMax.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture), .. methods, .. shots is null ? Array.Empty<string>() : [$"shots={shots}"]]);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{Folder}/{name[..2]}/{name}.json.gz";
    }
}
