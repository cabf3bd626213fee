using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Curation.Clips.Deciding;
using Curation.Grains.Placement;
using Curation.Grains.Telemetry;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Telemetry;
using Orleans.TestingHost;

namespace Curation.Grains.Tests.Telemetry;

/// <summary>What is counted and traced of a source's work. No other tests of this project let silos drain, so that every number here is ours.</summary>
public sealed class CurationMetricsTests : IAsyncLifetime
{
    private static readonly RunPlan Plan = new("run-1", "/in", "/out", new Policy("demo") { Sha256 = "0" });

    private readonly FakePipeline _pipeline = new();
    private readonly ConcurrentQueue<string> _outcomes = [];
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly TaskCompletionSource _counted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: CurationMetrics.Name, Name: "curation.sources" }) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            _outcomes.Enqueue((string)tags[0].Value!);
            _counted.TrySetResult();
        });
        _meters.Start();
        _activities.ShouldListenTo = source => source.Name is CurationMetrics.Name or "Microsoft.Orleans.Application";
        _activities.Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData;
        _activities.ActivityStopped = _spans.Enqueue;
        ActivitySource.AddActivityListener(_activities);
        _cluster = await GrainCluster.StartAsync(2, silo =>
        {
            silo.AddActivityPropagation().AddPipeline(_pipeline);
            silo.Services.AddSourceDrain();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task Source_that_is_cancelled_is_counted_as_cancelled()
    {
        _pipeline.Hold = new TaskCompletionSource();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = ProcessAsync(cancel.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (_pipeline.Analyses.IsEmpty) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await _counted.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["cancelled"], _outcomes);
    }

    [Fact]
    public async Task Source_that_fails_unexpectedly_is_counted_as_an_error()
    {
        _pipeline.Faults[0] = new InvalidOperationException("impossible");

        await Assert.ThrowsAsync<InvalidOperationException>(() => ProcessAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["error"], _outcomes);
    }

    [Fact]
    public async Task Span_of_a_source_goes_on_in_the_grains_of_its_clips()
    {
        await ProcessAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["finished"], _outcomes);
        var source = Assert.Single(_spans, span => span.OperationName == "source" && Equals(span.GetTagItem("curation.source"), "file:///0.mp4"));
        Assert.Equal(("run-1", "finished"), (source.GetTagItem("curation.run"), source.GetTagItem("curation.outcome")));

        var mine = _spans.Where(span => span.TraceId == source.TraceId).ToDictionary(span => span.SpanId);
        var cuts = mine.Values.Where(span => span.OperationName == StageTraces.Cut).ToList();
        Assert.Equal(_pipeline.ClipsPerSource, cuts.Count);
        Assert.All(cuts, cut => Assert.Contains(source.SpanId, Ancestors(cut)));

        IEnumerable<ActivitySpanId> Ancestors(Activity span)
        {
            for (var at = span; at is not null; at = mine.GetValueOrDefault(at.ParentSpanId)) yield return at.ParentSpanId;
        }
    }

    private Task<SourceSummary> ProcessAsync(CancellationToken cancellationToken) => _cluster.Client.GetGrain<ISourceGrain>("run-1/0").ProcessAsync(
        Plan, new SourceItem { Uri = "file:///0.mp4", SizeBytes = 10 }, cancellationToken);
}
