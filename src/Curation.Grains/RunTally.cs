using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>What a run has counted so far, in memory that does not grow with its sources.</summary>
internal sealed class RunTally
{
    private readonly Dictionary<string, SourceInFlight> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _inFlightBytes = new(StringComparer.Ordinal);
    private int _listedSources;
    private long _listedBytes;

    /// <summary>A tally that goes on from a checkpoint.</summary>
    public RunTally(RunRecord record)
    {
        Counts = record.Counts;
        DoneBytes = record.DoneBytes;
        Ledger = new SourceLedger(record.Cursor);
        Quarantined = new QuarantineList(record.Quarantined);
        TotalSources = record.TotalSources;
        _listedBytes = record.TotalBytes;
    }

    /// <summary>The sums over the sources that are through.</summary>
    public RunCounts Counts { get; private set; }

    /// <summary>Their bytes.</summary>
    public long DoneBytes { get; private set; }

    /// <summary>Which sources are through.</summary>
    public SourceLedger Ledger { get; }

    /// <summary>Which were quarantined.</summary>
    public QuarantineList Quarantined { get; private set; }

    /// <summary>Sources of the whole listing; null until they are counted.</summary>
    public int? TotalSources { get; private set; }

    /// <summary>Their bytes, as far as counted.</summary>
    public long TotalBytes => Interlocked.Read(ref _listedBytes);

    /// <summary>Bytes that are through, and the done share of those in flight.</summary>
    public double BytesSoFar => DoneBytes + _inFlight.Values.Sum(source => source.Share * _inFlightBytes.GetValueOrDefault(source.Uri));

    /// <summary>Sources in flight.</summary>
    public IReadOnlyList<SourceInFlight> InFlight => [.. _inFlight.Values];

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        Counts = new RunCounts();
        DoneBytes = 0;
        Quarantined = new QuarantineList([]);
        Ledger.Restart();
    }

    /// <summary>A source is in flight.</summary>
    public void Start(ListedSource source)
    {
        _inFlight[source.Item.Uri] = new SourceInFlight(source.Item.Uri, 0, "analyse");
        _inFlightBytes[source.Item.Uri] = source.Item.SizeBytes ?? 0;
    }

    /// <summary>A source tells how far it is.</summary>
    public void Report(SourceInFlight source)
    {
        // A late report of a source that is through must not bring it back.
        if (_inFlight.ContainsKey(source.Uri)) _inFlight[source.Uri] = source;
    }

    /// <summary>A source is through.</summary>
    public void Finish(ListedSource source, SourceSummary summary)
    {
        Counts = Counts.Add(summary);
        DoneBytes += source.Item.SizeBytes ?? 0;
        if (summary.Failure is { } failure) Quarantined.Add(source.Item.Uri, failure);
        Ledger.Close(source.Position);
    }

    /// <summary>A source is in flight no more, through or not.</summary>
    public void Leave(ListedSource source)
    {
        _inFlight.Remove(source.Item.Uri);
        _inFlightBytes.Remove(source.Item.Uri);
    }

    /// <summary>The counting of the listing begins; it may run beside everything else.</summary>
    public void BeginCounting() => (_listedSources, _listedBytes, TotalSources) = (0, 0, null);

    /// <summary>One more source was counted.</summary>
    public void Count(long? bytes)
    {
        Interlocked.Increment(ref _listedSources);
        Interlocked.Add(ref _listedBytes, bytes ?? 0);
    }

    /// <summary>The listing has ended.</summary>
    public void EndCounting() => TotalSources = _listedSources;
}
