using System.Collections.Concurrent;
using Curation.Clips;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>The product's pipeline, which can be told to wait before a source of one folder, so that a test sees a run on its way.</summary>
internal sealed class HeldPipeline(ICuratePipeline pipeline) : ICuratePipeline
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _held = new(StringComparer.Ordinal);

    /// <summary>Holds the sources of a folder until the semaphore lets one after the other go on.</summary>
    /// <param name="folder">Part of their addresses.</param>
    public SemaphoreSlim Hold(string folder) => _held.GetOrAdd(folder, _ => new SemaphoreSlim(0));

    public IDisposable Claim(RunPlan plan) => pipeline.Claim(plan);

    public IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, CancellationToken cancellationToken) => pipeline.ListAsync(plan, cancellationToken);

    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken) => pipeline.BeginAsync(plan, item, cancellationToken);

    public async Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        foreach (var (folder, gate) in _held)
        {
            if (start.Item.Uri.Contains(folder, StringComparison.Ordinal)) await gate.WaitAsync(cancellationToken);
        }

        return await pipeline.AnalyseAsync(plan, start, progress, cancellationToken);
    }

    public Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken) => pipeline.FinishClipAsync(plan, source, clip, cancellationToken);

    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) => pipeline.CompleteAsync(plan, source, clips, cancellationToken);

    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) => pipeline.QuarantineAsync(plan, item, failure, cancellationToken);

    public Task ReleaseAsync(RunPlan plan, SourceStart start) => pipeline.ReleaseAsync(plan, start);

    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken) => pipeline.CommitAsync(plan, facts, cancellationToken);

    public void KeepOnly(IReadOnlySet<string> activeRuns) => pipeline.KeepOnly(activeRuns);
}
