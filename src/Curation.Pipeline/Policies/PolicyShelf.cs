using System.Text;
using Curation.Clips.Deciding;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Policies;

/// <summary>The policies that a data set was judged by: <c>policies/SHA256.yaml</c> beside <c>dataset.json</c>. Rows and the manifest carry only the digest, which no limit can be read from.</summary>
public static class PolicyShelf
{
    private const string Folder = "policies";
    private const int DigestDigits = 64;

    /// <summary>Keeps a policy, once.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <returns>Completes when it is there.</returns>
    /// <exception cref="DatasetException">It could not be written.</exception>
    public static async Task KeepAsync(IDatasetStore store, Policy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(policy);

        if (PathOf(policy.Sha256) is not { } path || await store.ExistsAsync(path, cancellationToken)) return;

        var text = PolicyWriter.Text(policy, ["A policy that this data set was judged by; the file is named by its digest."], new Dictionary<string, string>());
        await store.PutAsync(path, Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Finds a policy by its digest: on the shelf, else among the presets.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="sha256">The digest.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null where neither has it, or where the file no longer says what its name promises.</returns>
    /// <exception cref="DatasetException">It could not be read.</exception>
    public static async Task<Policy?> FindAsync(IDatasetStore store, string sha256, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);

        if (PathOf(sha256) is not { } path) return null;

        var kept = await store.ReadAsync(path, cancellationToken) is { } stored ? Parse(Encoding.UTF8.GetString(stored.Content.Span), path) : null;
        return kept?.Sha256 == sha256 ? kept : PolicyPresets.Names.Select(PolicyFile.Load).FirstOrDefault(preset => preset.Sha256 == sha256);
    }

    // Of a later version it may name what this one does not know.
    private static Policy? Parse(string text, string path)
    {
        try
        {
            return PolicyFile.Parse(text, path);
        }
        catch (PolicyException)
        {
            return null;
        }
    }

    private static string? PathOf(string sha256) => sha256.Length == DigestDigits && sha256.All(char.IsAsciiHexDigitLower) ? $"{Folder}/{sha256}.yaml" : null;
}
