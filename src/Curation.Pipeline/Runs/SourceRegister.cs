using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Runs;

/// <summary>Knows which sources are done, and writes down those that become so.</summary>
/// <param name="stores">The data sets.</param>
/// <param name="media">The sources' content.</param>
public sealed class SourceRegister(DatasetStores stores, SourceMedia media)
{
    // Questions to a store at once: answers of an object store take milliseconds each, and a source has up to thousands of clips. Uncalibrated.
    private const int QuestionsAtOnce = 16;

    /// <summary>Looks a source up by address, size and version or time of change, and reads its content only if these do not settle it.</summary>
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
        var unchanged = stamp is { Sha256: not null } && IsUnchanged(stamp, item) && stamp.FragmentName == Name(plan, item, stamp.Sha256);
        var sha256 = unchanged ? stamp!.Sha256! : await media.Sha256Async(plan.RunId, item, cancellationToken);
        var start = new SourceStart(item, sha256, Name(plan, item, sha256), null);
        var outcome = await fragments.ReadAsync(start.FragmentName, cancellationToken);
        if (outcome is { Quarantine: { } quarantine } && unchanged && plan.Only is null)
        {
            return start with { Finished = SourceSummary.From(stamp!.Summary, alreadyDone: true) with { Failure = new SourceFailure(quarantine.Stage, quarantine.Reason, false) } };
        }

        if (outcome is not { Quarantine: null } || Waits(outcome) || !await HasItsMediaAsync(plan, outcome, cancellationToken)) return start;

        // Without a stamp the same content was done before: under another name, or by a run that died before the stamp.
        // So does one whose fragment was replaced, when an answer came late, before its stamp could say so.
        if (!unchanged || stamp!.Summary.Pending > 0) stamp = await SaveAsync(fragments, outcome with { SourceUri = item.Uri }, item, cancellationToken);
        return start with { Finished = await SummariseAsync(fragments, stamp!, outcome.SourceUri, alreadyDone: true, cancellationToken) };
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
            DecodePasses = source.DecodePasses,
            Clips = clips,
        };
        var fragments = Open(plan);
        var stamp = await SaveAsync(fragments, outcome, source.Item, cancellationToken);
        var stored = await fragments.ReadAsync(source.FragmentName, cancellationToken);
        var summary = await SummariseAsync(fragments, stamp, stored?.SourceUri ?? source.Item.Uri, alreadyDone: false, cancellationToken);
        return summary with { AnalysisSeconds = source.AnalysisSeconds, DecodePasses = source.DecodePasses };
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

        // Rows that only wait for an answer stay when asking again fails.
        if (await WaitingAsync(plan, item, cancellationToken) is { } waiting) return SourceSummary.From(waiting.Summary, alreadyDone: true) with { Failure = failure };

        var sha256 = failure.Retry ? null : await media.FindSha256Async(plan.RunId, item, cancellationToken);
        var outcome = new SourceOutcome
        {
            SourceUri = item.Uri,
            SourceSha256 = sha256,
            FragmentName = sha256 is null ? FragmentName.FromUnreadable(item.Uri, PipelineVersion.Current) : Name(plan, item, sha256),
            Quarantine = new QuarantineRecord(item.Uri, sha256, item.SizeBytes, failure.Stage, failure.Reason),
        };

        // Without size and time the next run does not take the stamp for an answer, and tries again.
        await SaveAsync(Open(plan), outcome, failure.Retry ? null : item, cancellationToken);
        return new SourceSummary { Failure = failure };
    }

    private async Task<SourceStamp?> WaitingAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken) =>
        await Open(plan).FindStampAsync(item.Uri, cancellationToken) is { Sha256: { } sha256, Summary: { Quarantined: false, Pending: > 0 } } stamp
            && IsUnchanged(stamp, item) && stamp.FragmentName == Name(plan, item, sha256) ? stamp : null;

    // A version says more than a time: an object that is written twice in a second has one time and two versions.
    private static bool IsUnchanged(SourceStamp stamp, SourceItem item) =>
        stamp.SizeBytes is not null && stamp.SizeBytes == item.SizeBytes && stamp.ModifiedTicks == item.ModifiedUtc?.UtcTicks && stamp.ETag == item.ETag;

    private static async Task<SourceStamp> SaveAsync(FragmentStore fragments, SourceOutcome outcome, SourceItem? item, CancellationToken cancellationToken)
    {
        var stamp = new SourceStamp
        {
            Uri = outcome.SourceUri,
            SizeBytes = item?.SizeBytes,
            ModifiedTicks = item?.ModifiedUtc?.UtcTicks,
            ETag = item?.ETag,
            Sha256 = outcome.SourceSha256,
            FragmentName = outcome.FragmentName,
            Summary = await fragments.WriteAsync(outcome, cancellationToken),
        };
        await fragments.WriteStampAsync(stamp, cancellationToken);
        return stamp;
    }

    // Clips that somebody deleted are cut again.
    private async Task<bool> HasItsMediaAsync(RunPlan plan, SourceOutcome outcome, CancellationToken cancellationToken)
    {
        var store = stores.Of(plan.Output);
        foreach (var some in outcome.Clips.Select(clip => clip.MediaPath).OfType<string>().Chunk(QuestionsAtOnce))
        {
            var there = await Task.WhenAll(some.Select(path => store.ExistsAsync(path, cancellationToken).AsTask()));
            if (there.Contains(false)) return false;
        }

        return true;
    }

    // What an endpoint did not answer is asked again.
    private static bool Waits(SourceOutcome outcome) => outcome.Clips.Any(clip => clip.Pending is not null);

    // Two sources with the same content give their rows once: the second one counts as a source, its clips do not.
    private static async Task<SourceSummary> SummariseAsync(FragmentStore fragments, SourceStamp stamp, string firstUri, bool alreadyDone, CancellationToken cancellationToken)
    {
        var summary = SourceSummary.From(stamp.Summary, alreadyDone);
        if (firstUri == stamp.Uri) return summary;

        var first = await fragments.FindStampAsync(firstUri, cancellationToken);
        return first?.FragmentName == stamp.FragmentName ? new SourceSummary { AlreadyDone = alreadyDone, MediaSeconds = summary.MediaSeconds } : summary;
    }

    private static string Name(RunPlan plan, SourceItem item, string sha256) => FragmentName.From(
        sha256, PipelineVersion.Current, MethodVersions.All, plan.Policy.ClipMin, plan.Policy.ClipMax, plan.Policy.Sha256, plan.Models.Select(Digest), item.Licence, item.Rights);

    private static KeyValuePair<string, string> Digest(ModelInUse model) => new(model.Slot, $"{model.Digest}/{ModelMethods.AdapterVersion(model.Slot)}");

    private FragmentStore Open(RunPlan plan) => new(stores.Of(plan.Output));
}
