using System.Text;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Card;
using Curation.Dataset.Fragments;
using Curation.Dataset.Report;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Media.Cutting;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Runs;

/// <summary>The end of a run: fragments become the next snapshot, and the report and the card are written from its rows.</summary>
/// <param name="stores">The data sets.</param>
/// <param name="options">Sizes of shards.</param>
/// <param name="time">Clock of the snapshot.</param>
public sealed class SnapshotStage(DatasetStores stores, SnapshotOptions options, TimeProvider time)
{
    /// <summary>Data sets with more clips get no new report when they are judged again: reading a million rows for it takes longer than judging them. Uncalibrated.</summary>
    public const long MostReportedClips = 100_000;

    private const string ReportPath = "report.html";

    /// <summary>Commits the fragments of a data set.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="facts">What the report says of the run.</param>
    /// <param name="cancellationToken">Stops the work; the last snapshot stays.</param>
    /// <returns>What now stands.</returns>
    public async Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);

        var store = stores.Of(plan.Output);
        if (DatasetStores.AsFolder(store) is { } folder) await SweepHalfWrittenAsync(store, folder, cancellationToken);

        var context = new SnapshotContext(PipelineVersion.Current, new ManifestPolicy(plan.Policy.Name, plan.Policy.Sha256), Models(plan));
        var commit = await new SnapshotWriter(store, new FragmentStore(store), time, options).CommitAsync(context, cancellationToken);

        // A run that was killed between snapshot and report left none: make it then too.
        if (commit.Changed || !await store.ExistsAsync(ReportPath, cancellationToken))
        {
            await PolicyShelf.KeepAsync(store, plan.Policy, cancellationToken);
            await DatasetCard.WriteAsync(store, commit.Manifest, cancellationToken);
            var report = Context(facts, plan.Models.Select(model => model.Slot), store, commit.Manifest);
            await WriteReportAsync(plan.Policy, report, store, commit.Manifest, cancellationToken);
        }

        return new RunResult(commit.Manifest.Id, commit.Changed, PathOf(store, ReportPath), commit.Manifest.Funnel.Retained);
    }

    /// <summary>Writes the report of a snapshot that no run made; of a large one, the report before it is deleted, for it would say what is no longer true.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="policy">The policy it was judged by.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether there is one now.</returns>
    public static async Task<bool> RewriteReportAsync(IDatasetStore store, SnapshotManifest manifest, Policy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Funnel.Clips > MostReportedClips)
        {
            await store.DeleteAsync(ReportPath, cancellationToken);
            return false;
        }

        var slots = manifest.Models.Select(model => model.Slot);
        await WriteReportAsync(policy, Context(new RunFacts(new RunCounts(), 0), slots, store, manifest), store, manifest, cancellationToken);
        return true;
    }

    private static List<ManifestModel> Models(RunPlan plan) => [.. plan.Models.Select(model => new ManifestModel(model.Slot, model.Name, model.Version, model.Digest))];

    private static string PathOf(IDatasetStore store, string path) =>
        DatasetStores.AsFolder(store) is { } folder ? folder.FullPath(path) : $"{store.Address.TrimEnd('/')}/{path}";

    private static string NameOf(IDatasetStore store) =>
        DatasetStores.AsFolder(store) is { } folder ? Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Address)) : store.Address.TrimEnd('/').Split('/')[^1];

    // Cuts of runs that were killed. Another run may be cutting into the folder; in blobs a cut has no name before it is whole.
    private static async Task SweepHalfWrittenAsync(IDatasetStore store, LocalDatasetStore folder, CancellationToken cancellationToken)
    {
        var clips = new DirectoryInfo(folder.FullPath(ClipPaths.MediaFolder));
        if (!clips.Exists) return;

        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var halves = clips.GetFiles(ClipCutter.HalfWrittenPattern, everywhere);
        if (halves.Length == 0 || await StoreClock.ReadAsync(store, cancellationToken) is not { } now) return;

        foreach (var file in halves.Where(file => TemporaryNames.IsAbandoned(file, now))) file.Delete();
    }

    private static async Task WriteReportAsync(Policy policy, ReportContext context, IDatasetStore store, SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var report = new ReportBuilder(policy);
        var reader = new SnapshotReader(store);
        await foreach (var clip in reader.ReadClipsAsync(manifest, null, cancellationToken)) report.Add(clip);
        await foreach (var source in reader.ReadQuarantineAsync(manifest, cancellationToken)) report.Add(source);

        await using var target = await store.OpenWriteAsync(ReportPath, cancellationToken);
        await using (var writer = new StreamWriter(target.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        {
            await report.WriteAsync(writer, context, cancellationToken);
        }

        await target.CommitAsync(cancellationToken);
    }

    private static ReportContext Context(RunFacts facts, IEnumerable<string> slots, IDatasetStore store, SnapshotManifest manifest) => new()
    {
        DatasetName = NameOf(store),
        Created = manifest.CreatedUtc,
        PipelineVersion = manifest.PipelineVersion,
        Run = new ReportRunFacts
        {
            Sources = manifest.Funnel.Sources,
            MediaSeconds = facts.Counts.MediaSeconds,
            WallSeconds = facts.WallSeconds,
            AnalysisSeconds = facts.Counts.AnalysisSeconds,
            DecodePasses = facts.Counts.DecodePasses,
        },
        AbsentSlots =
        [
            .. MeasurementCatalog.All.Select(definition => definition.Slot).OfType<string>().Distinct()
                .Except(slots).Select(slot => new AbsentSlot(slot)),
        ],
        LoadPoster = async (path, stop) => (await store.ReadAsync(path, stop))?.Content,
    };
}
