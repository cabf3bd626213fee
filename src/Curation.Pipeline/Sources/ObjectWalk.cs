using System.Runtime.CompilerServices;

namespace Curation.Pipeline.Sources;

/// <summary>The media objects below an address, found while they are asked for.</summary>
/// <param name="objects">The stores.</param>
/// <param name="address">One object, a container, or a folder in it.</param>
/// <param name="excluded">Address of a folder to leave out; null for none.</param>
internal sealed class ObjectWalk(ObjectSources objects, string address, string? excluded)
{
    private readonly string? _excluded = excluded is null ? null : excluded.TrimEnd('/') + "/";

    /// <summary>Objects met so far that are no media, hidden ones not counted.</summary>
    public long Skipped { get; private set; }

    /// <summary>The media objects in the order of their names.</summary>
    public async IAsyncEnumerable<SourceItem> SourcesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (MediaExtensions.Has(address) && await FindAsync(cancellation) is { } one)
        {
            yield return one;
            yield break;
        }

        await foreach (var item in objects.ListAsync(address, cancellation))
        {
            if (_excluded is not null && item.Uri.StartsWith(_excluded, StringComparison.Ordinal)) continue;
            if (IsHidden(item.Uri)) continue;

            if (MediaExtensions.Has(item.Uri)) yield return item.SizeBytes > 0 ? item : item with { Problem = "the object is empty" };
            else Skipped++;
        }
    }

    private async Task<SourceItem?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await objects.DescribeAsync(new SourceItem { Uri = address }, cancellation);
        }
        catch (SourceFailedException)
        {
            // A folder may be called so as well.
            return null;
        }
    }

    // As in folders: names that start with a dot, and all below such a folder, unless it was asked for.
    private bool IsHidden(string uri) => uri.AsSpan().Count("/.") > address.AsSpan().Count("/.");
}
