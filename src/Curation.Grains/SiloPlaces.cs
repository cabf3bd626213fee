namespace Curation.Grains;

/// <summary>Chooses the silo for each source of one run: the one with most capacity free, and an empty one for a source that may be killing silos.</summary>
internal sealed class SiloPlaces(ISiloRoster roster, TimeProvider time)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    // A silo that drains is gone within a minute or so; until the membership says it, it is asked now and then.
    private static readonly TimeSpan AskDrainingAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<SiloAddress, List<Place>> _taken = [];
    private readonly Dictionary<SiloAddress, long> _draining = [];
    private IReadOnlyList<SiloPlace> _silos = [];
    private long? _lookedAt;
    private SiloAddress? _exclusive;
    private SiloAddress? _emptied;
    private int _aloneWaiting;
    private TaskCompletionSource _changed = New();

    /// <summary>The silos that work on sources, as they were within the last second.</summary>
    public IReadOnlyList<SiloPlace> Silos
    {
        get
        {
            if (_lookedAt is { } then && time.GetElapsedTime(then) < LookAgainAfter) return _silos;

            _silos = roster.Active();
            _lookedAt = time.GetTimestamp();
            return _silos;
        }
    }

    private IEnumerable<SiloPlace> Open => Silos.Where(silo => !_draining.TryGetValue(silo.Silo, out var since) || time.GetElapsedTime(since) > AskDrainingAgainAfter);

    /// <summary>Takes a place, and waits while no silo has one.</summary>
    /// <param name="alone">Whether nothing else of this run may be on the silo.</param>
    /// <param name="avoid">A silo to take only where there is no other; null for none.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<Place> TakeAsync(bool alone, SiloAddress? avoid, CancellationToken cancellationToken)
    {
        if (alone) _aloneWaiting++;
        try
        {
            while (true)
            {
                if ((alone ? ChooseEmpty(avoid) : Choose(avoid)) is { } silo) return Take(silo, alone);

                await _changed.Task.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            if (alone && --_aloneWaiting == 0) _emptied = null;
        }
    }

    /// <summary>Lets those who wait for a place look again: a silo may have joined. Whoever has a run does so now and then.</summary>
    public void LookAgain()
    {
        var changed = _changed;
        _changed = New();
        changed.SetResult();
    }

    /// <summary>A silo died: writes down who was there, before they go one by one.</summary>
    /// <returns>False where that was known.</returns>
    public bool Lost(SiloAddress silo)
    {
        _lookedAt = null;
        if (!_taken.TryGetValue(silo, out var places) || places.All(place => place.DiedAlone is not null)) return false;

        foreach (var place in places) place.DiedAlone ??= places.Count == 1;
        return true;
    }

    /// <summary>A silo sends sources away, because it is about to stop.</summary>
    public void Draining(SiloAddress silo) => _draining[silo] = time.GetTimestamp();

    private SiloPlace? Choose(SiloAddress? avoid) => Open
        .Where(silo => !silo.Silo.Equals(_exclusive) && !silo.Silo.Equals(_emptied))
        .OrderBy(silo => silo.Silo.Equals(avoid))
        .ThenByDescending(silo => (silo.Sources ?? int.MaxValue) - (long)CountOn(silo.Silo))
        .FirstOrDefault();

    private SiloPlace? ChooseEmpty(SiloAddress? avoid)
    {
        // One at a time: the others' work goes on elsewhere.
        if (_exclusive is not null) return null;

        var empty = Open.Where(silo => CountOn(silo.Silo) == 0).OrderBy(silo => silo.Silo.Equals(avoid)).FirstOrDefault();
        if (empty is not null) return empty;

        if (_emptied is null || Silos.All(silo => !silo.Silo.Equals(_emptied))) _emptied = Open.MinBy(silo => CountOn(silo.Silo))?.Silo;
        return null;
    }

    private Place Take(SiloPlace silo, bool alone)
    {
        if (alone) _exclusive = silo.Silo;
        var place = new Place(this, silo);
        if (!_taken.TryGetValue(silo.Silo, out var places)) _taken[silo.Silo] = places = [];
        places.Add(place);
        return place;
    }

    private void Release(Place place)
    {
        var places = _taken[place.Silo.Silo];
        places.Remove(place);
        if (places.Count == 0)
        {
            _taken.Remove(place.Silo.Silo);
            if (place.Silo.Silo.Equals(_exclusive)) _exclusive = null;
        }

        LookAgain();
    }

    private int CountOn(SiloAddress silo) => _taken.TryGetValue(silo, out var places) ? places.Count : 0;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One source on one silo.</summary>
    internal sealed class Place(SiloPlaces places, SiloPlace silo) : IDisposable
    {
        /// <summary>Where.</summary>
        public SiloPlace Silo { get; } = silo;

        /// <summary>Whether the silo died with nothing else of this run on it; null while it did not die.</summary>
        public bool? DiedAlone { get; set; }

        public void Dispose() => places.Release(this);
    }
}
