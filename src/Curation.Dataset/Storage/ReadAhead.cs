using System.Runtime.CompilerServices;

namespace Curation.Dataset.Storage;

/// <summary>Reads so many small objects at once, in order: each of a store's answers takes some milliseconds, whatever the object's size.</summary>
internal static class ReadAhead
{
    /// <summary>Reads something for every item.</summary>
    /// <typeparam name="T">What is read for.</typeparam>
    /// <typeparam name="TResult">What is read.</typeparam>
    /// <param name="items">The items; taken from only as far as is read ahead.</param>
    /// <param name="most">The most that is read at once, and so the most that is in memory; at least 1.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="cancellationToken">Stops all reads.</param>
    /// <returns>The results in the order of the items. When the enumeration ends, however it does, nobody reads any more.</returns>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items, int most, Func<T, CancellationToken, Task<TResult>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TResult>>(most);
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                underWay.Enqueue(read(item, stop.Token));
                if (underWay.Count < most) continue;

                yield return await underWay.Peek().ConfigureAwait(false);
                _ = underWay.Dequeue();
            }

            while (underWay.TryPeek(out var next))
            {
                yield return await next.ConfigureAwait(false);
                _ = underWay.Dequeue();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
