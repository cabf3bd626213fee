using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Runs;

/// <summary>Knows which sources are done, and writes down those that become so.</summary>
/// <param name="time">Clock of the store.</param>
public sealed class SourceRegister(TimeProvider time)
{
    /// <summary>Looks a source up by address, size and time of change, and reads its content only if these do not settle it.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Finished, or what is needed to start.</returns>
    public async Task<SourceStart> LookUpAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(item);

        var fragments = Open(plan);
        var stamp = await fragments.FindStampAsync(item.Uri, cancellationToken);
        if (stamp is { Sha256: { } known } && IsUnchanged(stamp, item) && stamp.FragmentName == Name(plan, item, known))
        {
            return new SourceStart(item, known, stamp.FragmentName, await FinishedAsync(fragments, stamp, cancellationToken));
        }

        var sha256 = await ContentDigest.Sha256Async(item.LocalPath, cancellationToken);
        var name = Name(plan, item, sha256);
        if (await fragments.ReadAsync(name, cancellationToken) is not { Quarantine: null } outcome) return new SourceStart(item, sha256, name, null);

        // The same content was done before: under another name, or by a run that died before its stamp.
        stamp = await fragments.SaveAsync(outcome with { SourceUri = item.Uri }, item.SizeBytes, item.ModifiedUtc?.UtcTicks, cancellationToken);
        return new SourceStart(item, sha256, name, SourceSummary.From(stamp.Summary, alreadyDone: true));
    }

    /// <summary>Writes a source's rows down.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The source.</param>
    /// <param name="clips">Its rows.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>What the run remembers.</returns>
    public async Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);

        var outcome = new SourceOutcome
        {
            SourceUri = source.Item.Uri,
            SourceSha256 = source.Sha256,
            FragmentName = source.FragmentName,
            MediaSeconds = (source.Info.Duration ?? TimeSpan.Zero).TotalSeconds,
            AnalysisSeconds = source.AnalysisSeconds,
            DecodePasses = 1,
            Clips = clips,
        };
        var stamp = await Open(plan).SaveAsync(outcome, source.Item.SizeBytes, source.Item.ModifiedUtc?.UtcTicks, cancellationToken);
        return SourceSummary.From(stamp.Summary, alreadyDone: false) with { AnalysisSeconds = source.AnalysisSeconds, DecodePasses = 1 };
    }

    /// <summary>Writes down that a source could not be processed.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>What the run remembers.</returns>
    public async Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(failure);

        var sha256 = failure.Retry ? null : await ContentDigest.Sha256Async(item.LocalPath, cancellationToken);
        var outcome = new SourceOutcome
        {
            SourceUri = item.Uri,
            SourceSha256 = sha256,
            FragmentName = sha256 is null ? FragmentName.FromUnreadable(item.Uri, PipelineVersion.Current) : Name(plan, item, sha256),
            Quarantine = new QuarantineRecord(item.Uri, sha256, item.SizeBytes, failure.Stage, failure.Reason),
        };

        // Without size and time the next run does not take the stamp for an answer, and tries again.
        await Open(plan).SaveAsync(outcome, failure.Retry ? null : item.SizeBytes, failure.Retry ? null : item.ModifiedUtc?.UtcTicks, cancellationToken);
        return new SourceSummary { Failure = failure };
    }

    private static bool IsUnchanged(SourceStamp stamp, SourceItem item) =>
        stamp.SizeBytes is not null && stamp.SizeBytes == item.SizeBytes && stamp.ModifiedTicks == item.ModifiedUtc?.UtcTicks;

    private static async Task<SourceSummary> FinishedAsync(FragmentStore fragments, SourceStamp stamp, CancellationToken cancellationToken)
    {
        var summary = SourceSummary.From(stamp.Summary, alreadyDone: true);
        if (!stamp.Summary.Quarantined) return summary;

        var quarantine = (await fragments.ReadForAsync(stamp, cancellationToken)).Quarantine!;
        return summary with { Failure = new SourceFailure(quarantine.Stage, quarantine.Reason, false) };
    }

    private static string Name(RunPlan plan, SourceItem item, string sha256) => FragmentName.From(
        sha256, PipelineVersion.Current, MethodVersions.All, plan.Policy.ClipMin, plan.Policy.ClipMax, plan.Policy.Sha256, [], item.Licence, item.Rights);

    private FragmentStore Open(RunPlan plan) => new(new LocalDatasetStore(plan.Output, time));
}
