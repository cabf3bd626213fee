using Curation.Clips;
using Curation.Pipeline;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Grains.Tests;

/// <summary>The one pipeline of a test as one silo sees it: it knows where it is.</summary>
internal sealed class PipelineOn(SiloAddress silo, FakePipeline shared, IModelBatches models) : ICuratePipeline
{
    public IDisposable Claim(RunPlan plan) => shared.Claim(plan);

    public IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, CancellationToken cancellationToken) => shared.ListAsync(plan, cancellationToken);

    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken) => shared.BeginAsync(plan, item, cancellationToken);

    public async Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        shared.BySilo.AddOrUpdate(silo, 1, (_, count) => count + 1);
        if (shared.OnAnalyse is { } told) await told(silo, start.Item.Uri);
        return await shared.AnalyseAsync(plan, start, progress, cancellationToken);
    }

    public async Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken)
    {
        // A folder that is there, with no model in it.
        if (shared.AskedSlot is { } slot) await models.AskAsync(AppContext.BaseDirectory, slot, [0], cancellationToken);
        return await shared.FinishClipAsync(plan, source, clip, cancellationToken);
    }

    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) =>
        shared.CompleteAsync(plan, source, clips, cancellationToken);

    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) =>
        shared.QuarantineAsync(plan, item, failure, cancellationToken);

    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken) => shared.CommitAsync(plan, facts, cancellationToken);

    public Task ReleaseAsync(RunPlan plan, SourceStart start) => shared.ReleaseAsync(plan, start);

    public void KeepOnly(IReadOnlySet<string> activeRuns) => shared.KeepOnly(activeRuns);
}
