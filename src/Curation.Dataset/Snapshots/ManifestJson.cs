using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>JSON of the manifest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SnapshotManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    private const int IdDigits = 32;

    /// <summary>The bytes of <c>dataset.json</c>.</summary>
    public static byte[] Write(SnapshotManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Default.SnapshotManifest);

    /// <summary>The manifest of a data set, with its version.</summary>
    /// <returns>Null where nothing was committed yet.</returns>
    public static async Task<(SnapshotManifest Manifest, string ETag)?> ReadAsync(IDatasetStore store, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(Snapshots.SnapshotManifest.Path, cancellationToken).ConfigureAwait(false) is not { } stored) return null;

        try
        {
            var manifest = JsonSerializer.Deserialize(stored.Content.Span, Default.SnapshotManifest) ?? throw new JsonException("It holds null.");
            return (manifest, stored.ETag);
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{store.Address}: {Snapshots.SnapshotManifest.Path} cannot be read: {error.Message} Delete it and run again: it is made anew from the fragments.", error);
        }
    }

    /// <summary>What a manifest says, without name, parent, time and staging.</summary>
    public static string Fingerprint(SnapshotManifest manifest) =>
        Hash(Write(manifest with { Id = "", Parent = null, CreatedUtc = default, Staging = null }));

    /// <summary>The name of a snapshot.</summary>
    public static string NameOf(SnapshotManifest manifest) => Hash(Write(manifest with { Id = "", CreatedUtc = default, Staging = null }))[..IdDigits];

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
