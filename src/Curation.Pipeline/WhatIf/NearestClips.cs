namespace Curation.Pipeline.WhatIf;

/// <summary>The few clips of many that lie nearest to a limit.</summary>
/// <param name="most">How many to keep.</param>
internal sealed class NearestClips(int most)
{
    // The farthest comes out first; of equally far ones, the later row.
    private readonly PriorityQueue<(int Row, int Place), (double Distance, int Row)> _kept = new(Comparer<(double Distance, int Row)>.Create((left, right) => right.CompareTo(left)));

    /// <summary>Offers a clip.</summary>
    /// <param name="row">The clip.</param>
    /// <param name="place">The bit of the limit that it is near to.</param>
    /// <param name="distance">How near.</param>
    public void Offer(int row, int place, double distance)
    {
        if (most == 0) return;
        if (_kept.Count < most) _kept.Enqueue((row, place), (distance, row));
        else if (_kept.TryPeek(out _, out var farthest) && (distance, row).CompareTo(farthest) < 0) _kept.EnqueueDequeue((row, place), (distance, row));
    }

    /// <summary>Takes over what another one kept.</summary>
    public void Add(NearestClips other)
    {
        foreach (var ((row, place), (distance, _)) in other._kept.UnorderedItems) Offer(row, place, distance);
    }

    /// <summary>Those kept, the nearest first.</summary>
    public IReadOnlyList<(int Row, int Place)> Ordered() => [.. _kept.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)];
}
