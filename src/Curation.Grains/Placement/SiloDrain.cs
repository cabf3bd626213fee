namespace Curation.Grains.Placement;

/// <summary>The gate of one silo: open while it works, closed while it drains. It knows the sources inside.</summary>
public sealed class SiloDrain
{
    private readonly Lock _lock = new();
    private readonly HashSet<Place> _inside = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _draining;
    private bool _handingOver;

    /// <summary>Whether new sources are sent away.</summary>
    public bool IsDraining
    {
        get
        {
            lock (_lock) return _draining;
        }
    }

    /// <summary>Sources in work.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock) return _inside.Count;
        }
    }

    /// <summary>Closes the gate: from now on sources are sent away.</summary>
    /// <returns>Ends when the last source inside has left.</returns>
    public Task BeginAsync()
    {
        lock (_lock)
        {
            _draining = true;
            if (_inside.Count == 0) _empty.TrySetResult();
        }

        return _empty.Task;
    }

    /// <summary>Cancels the sources inside: they are taken up elsewhere.</summary>
    public void HandOver()
    {
        Place[] inside;
        lock (_lock)
        {
            _handingOver = true;
            inside = [.. _inside];
        }

        foreach (var place in inside) place.Cancel();
    }

    /// <summary>Lets a source in.</summary>
    /// <param name="cancel">Cancels its work, where it is to be handed over.</param>
    /// <returns>Dispose it when the work has ended; null where the gate is closed.</returns>
    public IDisposable? TryEnter(Action cancel)
    {
        var place = new Place(this, cancel);
        lock (_lock)
        {
            if (_draining) return null;
            _inside.Add(place);
        }

        return place;
    }

    /// <summary>Whether a cancelled source was cancelled by the drain.</summary>
    public bool IsHandingOver
    {
        get
        {
            lock (_lock) return _handingOver;
        }
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            _inside.Remove(place);
            if (_draining && _inside.Count == 0) _empty.TrySetResult();
        }
    }

    private sealed class Place(SiloDrain drain, Action cancel) : IDisposable
    {
        public void Cancel() => cancel();

        public void Dispose() => drain.Leave(this);
    }
}
