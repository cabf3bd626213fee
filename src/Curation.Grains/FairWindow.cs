using System.Diagnostics.CodeAnalysis;

namespace Curation.Grains;

/// <summary>
/// Sources that were read ahead and wait for a place. They leave in order, but while small ones wait, large ones hold at most half of the places
/// (one, where there is only one): a row of long films does not keep a thousand short clips waiting, and neither waits for ever.
/// </summary>
/// <typeparam name="T">What waits.</typeparam>
/// <param name="capacity">Most that may wait, at least 1: it bounds memory however long the listing is.</param>
/// <param name="isLarge">Tells large ones.</param>
public sealed class FairWindow<T>(int capacity, Func<T, bool> isLarge)
{
    private readonly Queue<(long Turn, T Item)> _small = new();
    private readonly Queue<(long Turn, T Item)> _large = new();
    private long _turn;

    /// <summary>How many wait.</summary>
    public int Count => _small.Count + _large.Count;

    /// <summary>How many more may.</summary>
    public int Free => capacity - Count;

    /// <summary>Large ones that left and were not released.</summary>
    public int LargeInFlight { get; private set; }

    /// <summary>One more waits, behind all others.</summary>
    /// <param name="item">The source.</param>
    /// <exception cref="InvalidOperationException">The window is full.</exception>
    public void Add(T item)
    {
        if (Free <= 0) throw new InvalidOperationException($"the window is full: {capacity} wait");

        (isLarge(item) ? _large : _small).Enqueue((_turn++, item));
    }

    /// <summary>Takes the one whose turn it is.</summary>
    /// <param name="places">Places in all, free or not.</param>
    /// <param name="item">The one.</param>
    /// <returns>False where none waits.</returns>
    public bool TryTake(int places, [MaybeNullWhen(false)] out T item)
    {
        item = default;
        if (Count == 0) return false;

        var large = _small.Count == 0
            || (_large.Count > 0 && LargeInFlight < Math.Max(1, places / 2) && _large.Peek().Turn < _small.Peek().Turn);
        item = (large ? _large : _small).Dequeue().Item;
        if (large) LargeInFlight++;
        return true;
    }

    /// <summary>One that was taken gives its place back.</summary>
    /// <param name="item">The one.</param>
    public void Release(T item)
    {
        if (isLarge(item)) LargeInFlight--;
    }
}
