using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Curation.Clips;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Telemetry;
using Curation.Tests.Sources;

namespace Curation.Grains.Tests;

/// <summary>A pipeline whose work is nothing, so that tests see only what the grains do.</summary>
internal sealed class FakePipeline : ICuratePipeline
{
    private int _now;

    public int Sources { get; set; } = 5;

    public int ClipsPerSource { get; set; } = 2;

    /// <summary>Thrown by the analysis of the source with this index.</summary>
    public Dictionary<int, Exception> Faults { get; } = [];

    /// <summary>Set, and analyses wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Whether an earlier run had done every source.</summary>
    public bool Done { get; set; }

    /// <summary>Thrown by whatever writes while it is set.</summary>
    public Exception? StoreFault { get; set; }

    /// <summary>Told which silo analyses which source.</summary>
    public Func<SiloAddress, string, Task>? OnAnalyse { get; set; }

    /// <summary>A model that every clip asks; null for none.</summary>
    public string? AskedSlot { get; set; }

    /// <summary>Addresses of sources by index.</summary>
    public Func<int, string> UriOf { get; set; } = index => $"file:///{index}.mp4";

    /// <summary>Bytes of sources by index.</summary>
    public Func<int, long> SizeOf { get; set; } = _ => 10;

    public int MostAtOnce { get; private set; }

    public ConcurrentDictionary<SiloAddress, int> BySilo { get; } = [];

    public ConcurrentQueue<string> Committed { get; } = [];

    public ConcurrentQueue<SourceFailure> Quarantined { get; } = [];

    public ConcurrentQueue<string> Released { get; } = [];

    public ConcurrentDictionary<string, int> Analyses { get; } = [];

    public int Commits { get; private set; }

    public ConcurrentDictionary<string, int> Claims { get; } = [];

    /// <summary>The runs that the silos keep something of, as the last keeper said.</summary>
    public IReadOnlySet<string>? KeptRuns { get; private set; }

    public IDisposable Claim(RunPlan plan)
    {
        Claims.AddOrUpdate(plan.RunId, 1, (_, count) => count + 1);
        return new MemoryStream();
    }

    public async IAsyncEnumerable<SourceItem> ListAsync(RunPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < Sources; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SourceItem { Uri = UriOf(i), SizeBytes = SizeOf(i) };
        }
    }

    public Task<SourceStart> BeginAsync(RunPlan plan, SourceItem item, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceStart(item, new string('0', 64), "fragment", Done ? new SourceSummary { AlreadyDone = true } : null));

    public async Task<AnalysedSource> AnalyseAsync(RunPlan plan, SourceStart start, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var now = Interlocked.Increment(ref _now);
        MostAtOnce = Math.Max(MostAtOnce, now);
        Analyses.AddOrUpdate(start.Item.Uri, 1, (_, count) => count + 1);
        try
        {
            if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
            if (Faults.TryGetValue(Index(start.Item), out var fault)) throw fault;

            progress.Report(1);
            return new AnalysedSource(start.Item, start.Sha256, start.FragmentName, TinySource.Info(start.Item.Uri, bytes: 10), [.. Enumerable.Range(0, ClipsPerSource).Select(clip => Clip(start.Item.Uri, clip))], 0.5, 1);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }

    public Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken) =>
        StageTraces.InSpanAsync(StageTraces.Cut, () => Task.FromResult(TinyClip.Retained(plan, source, clip)));

    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken)
    {
        if (StoreFault is { } fault) throw fault;

        Committed.Enqueue(source.Item.Uri);
        return Task.FromResult(new SourceSummary { Clips = clips.Count, Retained = clips.Count, MediaSeconds = 10, DecodePasses = 1 });
    }

    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken)
    {
        if (StoreFault is { } fault) throw fault;

        Quarantined.Enqueue(failure);
        return Task.FromResult(new SourceSummary { Failure = failure });
    }

    public Task ReleaseAsync(RunPlan plan, SourceStart start)
    {
        Released.Enqueue(start.Item.Uri);
        return Task.CompletedTask;
    }

    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken)
    {
        Commits++;
        return Task.FromResult(new RunResult("snapshot", true, "report.html", facts.Counts.Retained));
    }

    public void KeepOnly(IReadOnlySet<string> activeRuns) => KeptRuns = activeRuns;

    private static int Index(SourceItem item) => int.TryParse(Path.GetFileNameWithoutExtension(item.Uri), null, out var index) ? index : -1;

    private static MeasuredClip Clip(string uri, int index) => new(
        ClipId.From(uri, Span(index), PipelineVersion.Current), Span(index), Split.Sound, [], [], [], [], null);

    private static ClipSpan Span(int index) => new(TimeSpan.FromSeconds(index), TimeSpan.FromSeconds(index + 1));
}
