using System.Threading.Channels;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Grains;

/// <summary>Reads a run's listing from where a checkpoint left it, a few sources ahead of the work.</summary>
internal sealed class SourceFeed : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SourceItem> _items;
    private long _next;

    private SourceFeed(IAsyncEnumerator<SourceItem> items, long next, IReadOnlyList<ListedSource> open, bool resumed)
    {
        _items = items;
        _next = next;
        Open = open;
        Resumed = resumed;
    }

    /// <summary>The sources before the cursor's end that are not through.</summary>
    public IReadOnlyList<ListedSource> Open { get; }

    /// <summary>False where the listing has changed, so that the run begins anew. Finished sources are not done again then either.</summary>
    public bool Resumed { get; }

    /// <summary>Opens the listing and passes by what is through.</summary>
    public static async Task<SourceFeed> OpenAsync(ICuratePipeline pipeline, RunPlan plan, RunCursor cursor, CancellationToken cancellationToken)
    {
        var items = pipeline.ListAsync(plan, cancellationToken).GetAsyncEnumerator(cancellationToken);
        SourceFeed? feed = null;
        try
        {
            if (await PassByAsync(items, cursor) is { } open) feed = new SourceFeed(items, cursor.Next, open, resumed: true);
        }
        finally
        {
            if (feed is null) await items.DisposeAsync();
        }

        return feed ?? new SourceFeed(pipeline.ListAsync(plan, cancellationToken).GetAsyncEnumerator(cancellationToken), 0, [], resumed: false);
    }

    /// <summary>Hands the sources on, no faster than they are taken.</summary>
    /// <returns>Completes when the listing has ended; the channel completes with what went wrong.</returns>
    public async Task PumpAsync(ChannelWriter<ListedSource> writer, CancellationToken cancellationToken)
    {
        // Whoever reads the channel meets the trouble, behind the sources that were listed before.
        var trouble = await WriteAllAsync(writer, cancellationToken).TroubleAsync();
        writer.Complete(trouble);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _items.DisposeAsync();

    private async Task WriteAllAsync(ChannelWriter<ListedSource> writer, CancellationToken cancellationToken)
    {
        while (await _items.MoveNextAsync()) await writer.WriteAsync(new ListedSource(_next++, _items.Current), cancellationToken);
    }

    // The open ones among the sources before the cursor's end; null where these are not the sources that the cursor saw.
    private static async Task<IReadOnlyList<ListedSource>?> PassByAsync(IAsyncEnumerator<SourceItem> items, RunCursor cursor)
    {
        var open = new List<ListedSource>(cursor.Open.Count);
        string? last = null;
        for (long position = 0; position < cursor.Next; position++)
        {
            if (!await items.MoveNextAsync()) return null;

            last = items.Current.Uri;
            if (open.Count == cursor.Open.Count || cursor.Open[open.Count].Position != position) continue;
            if (cursor.Open[open.Count].Uri != last) return null;

            open.Add(new ListedSource(position, items.Current));
        }

        return last == cursor.LastUri ? open : null;
    }
}
