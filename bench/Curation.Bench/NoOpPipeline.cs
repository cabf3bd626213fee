using System.Runtime.CompilerServices;
using Curation.Clips;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Tests.Sources;

namespace Curation.Bench;

/// <summary>Sources of one clip each, without work.</summary>
internal sealed class NoOpPipeline(int sources) : ICuratePipeline
{
    public IDisposable Claim(RunPlan plan) => new MemoryStream();

    public async IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < sources; i++)
        {
            if (i % 100 == 0) await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SourceItem { Uri = $"file:///{i}.mp4", SizeBytes = 1 };
        }
    }

    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceStart(item, "0", "0", null));

    public Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var id = ClipId.From(start.Item.Uri, default, PipelineVersion.Current);
        return Task.FromResult(new AnalysedSource(start.Item, "0", "0", TinySource.Info(start.Item.Uri, bytes: 1), [new MeasuredClip(id, default, Split.Sound, [], [], [], [], null)], 0, 1));
    }

    public Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken) =>
        Task.FromResult(TinyClip.Retained(plan, source, clip));

    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceSummary { Clips = clips.Count, Retained = clips.Count });

    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceSummary { Failure = failure });

    public Task ReleaseAsync(RunPlan plan, SourceStart start) => Task.CompletedTask;

    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult(new RunResult("0", true, "", facts.Counts.Retained));

    public void KeepOnly(IReadOnlySet<string> activeRuns)
    {
    }
}
