using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Telemetry;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Planning;

public sealed class SampleReaderTests
{
    [Fact]
    public async Task Outcomes_are_counted_and_what_was_measured_of_all_is_shared_out()
    {
        var store = new MemoryStore();
        var design = MadePlans.Design(50, 3);
        var uris = design.Strata[0].Sampled.Select(item => item.Uri).ToList();
        var clips = new[] { Clip(uris[0], 0, ClipOutcome.Retained, 20), Clip(uris[0], 5, ClipOutcome.Rejected, 10), Clip(uris[1], 0, ClipOutcome.Held, 30) };
        await PutAsync(store, uris[0], 'a', 30, clips[..2]);
        await PutAsync(store, uris[1], 'b', 10, clips[2..]);
        await PutAsync(store, uris[2], 'c', 0, [], new QuarantineRecord(uris[2], null, 1, "probe", "broken"));
        await store.PutAsync(clips[0].MediaPath!, new byte[1000], TestContext.Current.CancellationToken);
        await store.PutAsync("report.html", new byte[5000], TestContext.Current.CancellationToken);
        await store.PutAsync("_state/answers/1.json", new byte[1], TestContext.Current.CancellationToken);
        await store.PutAsync("_state/answers/2.json", new byte[1], TestContext.Current.CancellationToken);

        using var watch = new StageWatch(TimeProvider.System);
        watch.Clear();
        var sources = await SampleReader.ReadAsync(store, design, watch, new SampleCosts(10, 80, UsesGpu: false), TestContext.Current.CancellationToken);

        Assert.Equal([2, 1, 0], sources.Select(source => source.Clips));
        Assert.Equal([0, 1, 0], sources.Select(source => source.Held));
        Assert.Equal(1, sources[0].Retained["sound"]);
        Assert.Equal(4, sources[0].RetainedSeconds["sound"]);
        Assert.Equal(1, sources[0].Rejected["snr_db"]);
        Assert.Equal([20, 10], sources[0].Measured["snr_db"]);
        Assert.Equal("broken", sources[2].Failure!.Reason);

        // Two answers for the two clips that were not rejected.
        Assert.Equal([1, 1, 0], sources.Select(source => source.Requests));

        // The page of all belongs to no source; the rest follows the clips.
        var all = store.Objects.Where(entry => entry.Key != "report.html").Sum(entry => entry.Value.LongLength);
        Assert.Equal([1000, 0, 0], sources.Select(source => source.MediaBytes));
        Assert.Equal(1000 + ((all - 1000) * 2 / 3.0), sources[0].StoredBytes, 1e-6);
        Assert.Equal(all, sources.Sum(source => source.StoredBytes), 1e-6);

        // Core seconds follow the time of analysis, 30 s and 10 s; nothing is lost or made.
        Assert.Equal(80, sources.Sum(source => source.CoreSeconds!.Value), 1e-9);
        Assert.Equal(3, sources[0].CoreSeconds!.Value / sources[1].CoreSeconds!.Value, 1e-9);
        Assert.All(sources, source => Assert.Null(source.GpuSeconds));
    }

    [Fact]
    public async Task Time_of_the_gpu_is_that_in_which_it_had_clips_of_the_sample()
    {
        var store = new MemoryStore();
        var design = MadePlans.Design(50, 2);
        var clips = design.Strata[0].Sampled.Select(item => Clip(item.Uri, 0, ClipOutcome.Held, 1)).ToList();
        foreach (var (clip, content) in clips.Zip("ab")) await PutAsync(store, clip.SourceUri, content, 1, [clip]);
        using var watch = new StageWatch(TimeProvider.System);
        foreach (var clip in clips) await StageTraces.InSpanAsync(StageTraces.Models, () => Task.FromResult(0), clip.Id.ToString());
        await StageTraces.InSpanAsync(StageTraces.Cut, () => Task.FromResult(0), clips[0].Id.ToString());

        var sources = await SampleReader.ReadAsync(store, design, watch, new SampleCosts(1, 1, UsesGpu: true), TestContext.Current.CancellationToken);

        // One after the other, so that nothing overlaps.
        var spans = clips.Select(clip => WorkSpan.Union(watch.OfClips(StageTraces.Models)[clip.Id.ToString()]).TotalSeconds).ToList();
        Assert.Equal(spans.Sum(), sources.Sum(source => source.GpuSeconds!.Value), 1e-9);
        Assert.Equal(spans[0], sources[0].GpuSeconds!.Value, 1e-9);
    }

    [Fact]
    public async Task Second_source_of_the_same_content_gives_no_clips()
    {
        var store = new MemoryStore();
        var design = MadePlans.Design(50, 2);
        foreach (var item in design.Strata[0].Sampled) await PutAsync(store, item.Uri, 'a', 1, [Clip(item.Uri, 0, ClipOutcome.Held, 1)]);

        using var watch = new StageWatch(TimeProvider.System);
        var sources = await SampleReader.ReadAsync(store, design, watch, new SampleCosts(1, null, false), TestContext.Current.CancellationToken);

        Assert.Equal([(1, false), (0, true)], sources.Select(source => (source.Clips, source.IsDuplicate)));
        Assert.All(sources, source => Assert.Null(source.CoreSeconds));
    }

    [Fact]
    public async Task Source_without_an_outcome_is_told()
    {
        using var watch = new StageWatch(TimeProvider.System);

        var missing = await Assert.ThrowsAsync<DatasetException>(() => SampleReader.ReadAsync(new MemoryStore(), MadePlans.Design(5, 2), watch, new SampleCosts(1, 1, false), TestContext.Current.CancellationToken));

        Assert.Contains("nothing is written", missing.Message, StringComparison.Ordinal);
    }

    private static ClipRecord Clip(string uri, int start, ClipOutcome outcome, double snr)
    {
        var sha256 = new string('a', 64);
        var span = new ClipSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(start + 4));
        var id = ClipId.From(sha256 + uri, span, "1");
        return new ClipRecord
        {
            Id = id,
            SourceUri = uri,
            SourceSha256 = sha256,
            Span = span,
            Width = 640,
            Height = 360,
            FramesPerSecond = 25,
            Split = Split.Sound,
            MediaPath = outcome == ClipOutcome.Retained ? $"clips/{id.Value[..2]}/{id}.mp4" : null,
            Measurements = [Measurement.Measured("snr_db", snr, "made", "1")],
            Outcome = outcome,
            RejectedBy = outcome == ClipOutcome.Rejected ? "snr_db" : null,
            Reason = outcome == ClipOutcome.Retained ? null : "made",
            PolicySha256 = sha256,
            PipelineVersion = "1",
        };
    }

    private static async Task PutAsync(MemoryStore store, string uri, char content, double analysis, IReadOnlyList<ClipRecord> clips, QuarantineRecord? quarantine = null) =>
        await new FragmentStore(store).SaveAsync(
            new SourceOutcome { SourceUri = uri, SourceSha256 = new string(content, 64), FragmentName = new string(content, 64), MediaSeconds = 10, AnalysisSeconds = analysis, Clips = clips, Quarantine = quarantine },
            100, 1, TestContext.Current.CancellationToken);
}
