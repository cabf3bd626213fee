using Curation.Clips;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Snapshots;
using Curation.Filters.Duplicates;
using Curation.Pipeline.Deduplicating;

namespace Curation.Silo.Commands;

/// <summary>What <c>curate dedup</c> found and did.</summary>
/// <param name="Plan">What was found.</param>
/// <param name="Result">What was written; null where nothing was.</param>
/// <param name="Manifest">The snapshot that is current now.</param>
/// <param name="Dry">Whether nothing was to be written.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Dataset">The data set.</param>
internal sealed record DedupSummary(DedupPlan Plan, DuplicateResult? Result, SnapshotManifest Manifest, bool Dry, double Seconds, string Dataset)
{
    /// <summary>Clips that were put out before and are back, because they are the best now or have no copies any more.</summary>
    public long Back => Result?.Moves.Where(move => move.Key.From == ClipOutcome.Rejected && move.Key.To != ClipOutcome.Rejected).Sum(move => move.Value) ?? 0;

    /// <summary>Clips that a copy put out now and not before.</summary>
    public long Gone => Result?.Moves.Where(move => move.Key.From != ClipOutcome.Rejected && move.Key.To == ClipOutcome.Rejected).Sum(move => move.Value) ?? 0;

    /// <summary>Groups of one kind.</summary>
    public IEnumerable<DedupGroup> Of(DuplicateKind kind) => Plan.Groups.Where(group => group.Kind == kind);

    /// <summary>As <c>--json</c> prints it.</summary>
    public object ToJson() => new
    {
        Snapshot = Manifest.Id,
        Manifest.Parent,
        DryRun = Dry,
        Changed = Result?.Changed ?? false,
        WouldChange = Plan.Changes,
        Plan.Clips,
        Plan.Compared,
        NotCompared = new { Plan.Rejected, Plan.Featureless, Plan.WithoutSignatures },
        Kinds = Enum.GetValues<DuplicateKind>().Select(kind => new { Kind = kind.ToName(), Groups = Of(kind).Count(), Clips = Of(kind).Sum(group => group.Others.Count + 1), Dropped = Of(kind).Where(group => group.Dropped).Sum(group => group.Others.Count) }),
        Plan.Dropped,
        Plan.DroppedSeconds,
        Gone,
        Back,
        Deferred = Result?.Deferred ?? 0,
        Manifest.Funnel.Retained,
        Manifest.Funnel.Held,
        Manifest.Funnel.Rejected,
        Groups = Plan.Groups.Select(group => new
        {
            Kind = group.Kind.ToName(),
            Kept = Describe(group.Best),
            Others = group.Others.Select((clip, index) => new { Clip = Describe(clip), Dropped = group.Dropped, Rank = group.Dropped ? index + 1 : 0 }),
        }),
        WallSeconds = Seconds,
        Dataset,
    };

    private static object Describe(ComparedClip clip) => new
    {
        ClipId = clip.Id.Value,
        clip.SourceUri,
        StartS = clip.StartSeconds,
        DurationS = clip.Seconds,
        ShortSidePx = clip.ShortSide,
        clip.BandwidthHz,
        clip.Sharpness,
        Outcome = clip.Outcome.ToString().ToLowerInvariant(),
    };
}
