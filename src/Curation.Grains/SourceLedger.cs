namespace Curation.Grains;

/// <summary>Knows which sources of a listing are through, in memory that follows the open ones only.</summary>
internal sealed class SourceLedger
{
    /// <summary>Silo deaths after which a source that was alone on its silo is surely the cause.</summary>
    public const int MostDeathsAlone = 3;

    /// <summary>Silo deaths after which a source is given up although others were on its silo too.</summary>
    public const int MostDeathsInCompany = 5;

    /// <summary>Silo deaths after which a source gets a silo for itself: either it ends there, or it is found out.</summary>
    public const int DeathsOfSuspect = 3;

    private readonly SortedDictionary<long, OpenSource> _open = [];
    private readonly Dictionary<string, OpenSource> _remembered = new(StringComparer.Ordinal);
    private string? _lastUri;

    /// <summary>A ledger that goes on from a checkpoint.</summary>
    public SourceLedger(RunCursor cursor) => Reset(cursor);

    /// <summary>Sources read from the listing.</summary>
    public long Next { get; private set; }

    /// <summary>How many of them are not through.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Goes on from another place.</summary>
    public void Reset(RunCursor cursor)
    {
        _open.Clear();
        foreach (var source in cursor.Open) _open[source.Position] = source;
        _remembered.Clear();
        foreach (var source in cursor.Remembered) _remembered[source.Uri] = source;
        (Next, _lastUri) = (cursor.Next, cursor.LastUri);
    }

    /// <summary>Begins anew with a listing that has changed. Deaths are remembered by address: a folder that is being filled must not acquit the source that kills.</summary>
    public void Restart() => Reset(new RunCursor { Remembered = [.. _open.Values.Where(source => source.HasDeaths()), .. _remembered.Values] });

    /// <summary>The next source of the listing was read.</summary>
    public void Read(ListedSource source)
    {
        if (source.Position != Next) throw new ArgumentException($"position {source.Position} was read, but {Next} is next", nameof(source));

        var known = _remembered.Remove(source.Item.Uri, out var remembered) ? remembered : new OpenSource(0, source.Item.Uri);
        _open[source.Position] = known with { Position = source.Position, Silo = null };
        (Next, _lastUri) = (Next + 1, source.Item.Uri);
    }

    /// <summary>A source is through.</summary>
    public void Close(long position)
    {
        if (!_open.Remove(position)) throw new ArgumentException($"position {position} is not open", nameof(position));
    }

    /// <summary>A silo works on a source.</summary>
    public void Place(long position, SiloAddress silo) => _open[position] = _open[position] with { Silo = silo.ToParsableString() };

    /// <summary>The silo is done with the source, one way or another.</summary>
    public void Unplace(long position) => _open[position] = _open[position] with { Silo = null };

    /// <summary>A silo died with the source in work.</summary>
    public void Died(long position, bool alone)
    {
        var source = _open[position];
        _open[position] = alone ? source with { DeathsAlone = source.DeathsAlone + 1 } : source with { DeathsInCompany = source.DeathsInCompany + 1 };
    }

    /// <summary>Blames the sources of silos that died while nobody watched.</summary>
    /// <returns>How many silos died.</returns>
    public int BlameDead(Func<SiloAddress, bool> isAlive)
    {
        var dead = _open.Values.Where(source => source.Silo is { } silo && !isAlive(SiloAddress.FromParsableString(silo))).GroupBy(source => source.Silo).ToList();
        foreach (var silo in dead)
        {
            var sources = silo.ToList();
            foreach (var source in sources) Died(source.Position, alone: sources.Count == 1);
        }

        foreach (var source in _open.Values.Where(source => source.Silo is not null).ToList()) Unplace(source.Position);
        return dead.Count;
    }

    /// <summary>Whether a source should have a silo for itself.</summary>
    public bool IsSuspect(long position) => _open[position] is { } source && source.DeathsAlone + source.DeathsInCompany >= DeathsOfSuspect;

    /// <summary>Why a source must not be tried again; null where it may.</summary>
    public string? Poison(long position) => _open[position] switch
    {
        { DeathsAlone: >= MostDeathsAlone and var alone } => $"{alone} silos died while this source was the only one they worked on; it is not tried again",
        { DeathsInCompany: >= MostDeathsInCompany and var company } => $"{company} silos died while they worked on this source, among others; it is set aside",
        _ => null,
    };

    /// <summary>Whether <see cref="Poison"/> is beyond doubt.</summary>
    public bool IsSurelyPoison(long position) => _open[position].DeathsAlone >= MostDeathsAlone;

    /// <summary>What a checkpoint remembers.</summary>
    public RunCursor ToCursor() => new() { Next = Next, LastUri = _lastUri, Open = [.. _open.Values], Remembered = [.. _remembered.Values] };
}
