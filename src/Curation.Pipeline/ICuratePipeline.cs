using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline;

/// <summary>The stages of the way of a clip, as the grains call them. Grains decide who and when; the pipeline does the work.</summary>
public interface ICuratePipeline
{
    /// <summary>Makes a run the only one that writes its data set, as far as this machine sees the place, until the claim is disposed or the process dies.</summary>
    /// <param name="plan">The run. It may claim twice in one process.</param>
    /// <returns>Dispose it when nothing more is written. Stores that are no folders have no such claim: there the version of the snapshot settles who was first.</returns>
    /// <exception cref="StoreUnavailableException">Another run writes there, and the message says which; or the folder cannot be made.</exception>
    IDisposable Claim(RunPlan plan);

    /// <summary>Lists a run's sources lazily.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Sources in a stable order.</returns>
    IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, CancellationToken cancellationToken);

    /// <summary>Looks a source up: has it been done with this content, these measurements and this policy? What has to be fetched for it is kept on this silo until <see cref="ReleaseAsync"/>.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Finished, or what is needed to start.</returns>
    /// <exception cref="SourceFailedException">The source cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">A store or a disk cannot be used now; no source is at fault. So for every member below.</exception>
    Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken);

    /// <summary>Probes a source, decodes it once, splits it into scenes and measures each.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="start">The source.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The measured scenes.</returns>
    /// <exception cref="SourceFailedException">The source cannot be processed.</exception>
    Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken);

    /// <summary>Takes one measured scene to its end: verdicts, model measurements, captions and the cut, stopping at the first rejection.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The source, without its clips.</param>
    /// <param name="clip">The scene.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The row, or why the source fails.</returns>
    Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken);

    /// <summary>Writes a source's fragment and stamp.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="source">The source.</param>
    /// <param name="clips">Its rows in order of time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What the run remembers.</returns>
    /// <exception cref="SourceFailedException">The fragment cannot be written.</exception>
    Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<Clips.ClipRecord> clips, CancellationToken cancellationToken);

    /// <summary>Records that a source could not be processed.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What the run remembers.</returns>
    Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken);

    /// <summary>Lets go of what this silo keeps of a source since <see cref="BeginAsync"/>. Never fails, and does nothing where nothing is kept.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="start">What <see cref="BeginAsync"/> gave.</param>
    /// <returns>Completes when its file is deleted.</returns>
    Task ReleaseAsync(RunPlan plan, SourceStart start);

    /// <summary>Compacts the fragments into the next snapshot and writes the report and the card.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="facts">What the report says of the run.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What now stands.</returns>
    Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken);

    /// <summary>Lets go of what this silo keeps of runs that are neither among these nor were the last time it was asked.</summary>
    /// <param name="activeRuns">Ids of the cluster's runs that have not ended.</param>
    void KeepOnly(IReadOnlySet<string> activeRuns);
}
