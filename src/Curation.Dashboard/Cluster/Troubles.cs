using Curation.Dashboard.Datasets;
using Curation.Dashboard.Parts;
using Curation.Dataset.Snapshots;
using Curation.Grains;
using Curation.Grains.Placement;
using Curation.Grains.Schedules;
using Curation.Models.Catalogue;

namespace Curation.Dashboard.Cluster;

/// <summary>Finds what is wrong now.</summary>
public static class Troubles
{
    private const string Bad = "bad";
    private const string Warn = "warn";

    // A share of the budget, or of the processors' time, that leaves little room. Uncalibrated.
    private const double NearlyAll = 0.95;

    // More of the sources than this in quarantine is seldom the sources' fault alone. Uncalibrated.
    private const double ManyQuarantined = 0.1;

    // With more than this something is wrong that no source can be blamed for. Uncalibrated.
    private const double MostQuarantined = 0.5;

    // Failures older than this are history. Uncalibrated.
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    /// <summary>What is wrong with a cluster.</summary>
    /// <param name="cluster">The last look at it.</param>
    /// <param name="now">When.</param>
    /// <returns>The worst first; empty where all is well.</returns>
    public static IReadOnlyList<Trouble> Of(ClusterState cluster, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return [.. OfSilos(cluster).Concat(OfRuns(cluster, now)).Concat(OfSchedules(cluster)).OrderBy(trouble => trouble.Tone == Bad ? 0 : 1)];
    }

    /// <summary>What is wrong with a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <returns>The worst first; empty where all is well.</returns>
    public static IReadOnlyList<Trouble> Of(OpenedDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return [.. OfManifest(dataset.Manifest).OrderBy(trouble => trouble.Tone == Bad ? 0 : 1)];
    }

    /// <summary>The slots of the catalogue that no model filled.</summary>
    /// <param name="manifest">The data set.</param>
    /// <returns>In the catalogue's order.</returns>
    public static IReadOnlyList<CatalogSlot> AbsentSlots(SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var present = manifest.Models.Select(model => model.Slot).ToHashSet(StringComparer.Ordinal);
        return [.. ModelCatalog.LoadEmbedded().Slots.Where(slot => !present.Contains(slot.Slot))];
    }

    private static IEnumerable<Trouble> OfManifest(SnapshotManifest manifest)
    {
        var funnel = manifest.Funnel;
        if (funnel.Clips > 0 && funnel.Retained == 0)
        {
            var worst = funnel.ByFilter.OrderByDescending(filter => filter.Value).FirstOrDefault();
            yield return new Trouble(Bad, funnel.Held == funnel.Clips
                ? "Nothing was retained: every clip is held until models measure it."
                : $"Nothing was retained. {(worst.Value > 0 ? $"Most clips, {Format.Count(worst.Value)} of {Format.Count(funnel.Clips)}, were rejected by {Format.Filter(worst.Key)}." : "")} Look at the limits of policy '{manifest.Policy.Name}'.");
        }

        if (funnel is { Sources: > 0, Clips: 0 }) yield return new Trouble(Bad, "No source gave a clip.", "quarantine");
        if (funnel.Quarantined > 0)
        {
            var share = (double)funnel.Quarantined / Math.Max(1, funnel.Sources);
            yield return new Trouble(share > MostQuarantined ? Bad : Warn, $"{Format.Count(funnel.Quarantined)} of {Format.Count(funnel.Sources)} sources could not be processed and are in quarantine.", "quarantine");
        }

        if (funnel.Held > 0 && funnel.Retained > 0) yield return new Trouble(Warn, $"{Format.Many(funnel.Held, "clip")} held: the policy wants measurements that no model has made yet.");
        if (funnel.Duplicates > 0) yield return new Trouble(Warn, $"{Format.Many(funnel.Duplicates, "source")} with the content of another source; such clips count once.");
    }

    private static IEnumerable<Trouble> OfSilos(ClusterState cluster)
    {
        if (cluster.Trouble is { } trouble) yield return new Trouble(Bad, $"The cluster does not answer; what is shown is older. {trouble}");
        if (cluster.At is null) yield break;

        foreach (var silent in cluster.Silent) yield return new Trouble(Bad, $"Silo {silent} does not answer.");
        if (cluster.Silos.Count > 0 && !cluster.Silos.Any(silo => silo.Roles.Contains(SiloRoles.Media))) yield return new Trouble(Bad, "No silo has the role media, so no source can be worked on. Start one with Curate:Silo:Roles holding \"media\".");
        foreach (var silo in cluster.Silos)
        {
            if (silo.IsDraining) yield return new Trouble(Warn, $"Silo {silo.Silo} drains: it takes no new sources, {Format.Many(silo.InFlight, "source")} still in work.");
            if (silo.BudgetBytes > 0 && silo.ReservedBytes > NearlyAll * silo.BudgetBytes) yield return new Trouble(Warn, $"Silo {silo.Silo} has given out its memory budget of {Format.Bytes(silo.BudgetBytes)}; further decoders wait.");
            if (silo.MachineBytes > 0 && silo.ProcessBytes > NearlyAll * silo.MachineBytes) yield return new Trouble(Bad, $"Silo {silo.Silo} holds {Format.Bytes(silo.ProcessBytes)} of {Format.Bytes(silo.MachineBytes)}; the system may end it.");
        }
    }

    private static IEnumerable<Trouble> OfRuns(ClusterState cluster, DateTimeOffset now)
    {
        foreach (var (entry, progress, _) in cluster.Active)
        {
            var link = $"runs/{entry.RunId}";
            if (progress is null) yield return new Trouble(Warn, $"Run {entry.RunId} does not answer at the moment.", link);
            if (progress is { State: RunState.Paused }) yield return new Trouble(Bad, $"Run {entry.RunId} waits: {progress.Error}", link);
            if (progress is { Deaths: > 0 }) yield return new Trouble(Warn, $"{Format.Many(progress.Deaths, "silo")} died with work of run {entry.RunId}; it went on.", link);
            if (progress is { Counts: { Sources: > 0 } counts } && counts.Quarantined > ManyQuarantined * counts.Sources)
            {
                yield return new Trouble(Warn, $"Run {entry.RunId} put {Format.Count(counts.Quarantined)} of {Format.Count(counts.Sources)} sources into quarantine so far.", link);
            }
        }

        foreach (var failed in cluster.Ended.Where(run => run.State == RunState.Failed && now - (run.EndedUtc ?? run.StartedUtc) < Recent && !IsOvertaken(run, cluster)))
        {
            yield return new Trouble(Bad, $"Run {failed.RunId} failed: {failed.Error}", $"runs/{failed.RunId}");
        }
    }

    private static IEnumerable<Trouble> OfSchedules(ClusterState cluster)
    {
        foreach (var schedule in cluster.Schedules)
        {
            var name = schedule.Definition!.Name;
            if (schedule.History is [.., { Outcome: ScheduledOutcome.Failed } failed]) yield return new Trouble(Bad, $"The last run of schedule {name} failed: {failed.Reason}", "schedules");
            if (schedule.History is [.., { Outcome: ScheduledOutcome.Skipped } skipped])
            {
                yield return new Trouble(Warn, $"Schedule {name} left out {Format.Many(skipped.Times, "due time")}, because its run {skipped.RunId} was still at work.", "schedules");
            }
        }
    }

    // A later run that writes the same data set has taken up what the failed one left.
    private static bool IsOvertaken(RunEntry failed, ClusterState cluster) =>
        cluster.Active.Select(run => run.Entry).Concat(cluster.Ended).Any(run => run.Output == failed.Output && run.StartedUtc > failed.StartedUtc && run.State is not (RunState.Failed or RunState.Cancelled));
}
