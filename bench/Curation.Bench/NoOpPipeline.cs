using System.Runtime.CompilerServices;
using Curation.Clips;
using Curation.Media.Probing;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

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
        return Task.FromResult(new AnalysedSource(start.Item, "0", "0", Info(start.Item.Uri), [new MeasuredClip(id, default, Split.Sound, [], [], [], [], null)], 0, 1));
    }

    public Task<ClipResult> FinishClipAsync(RunPlan plan, AnalysedSource source, MeasuredClip clip, CancellationToken cancellationToken) =>
        Task.FromResult(new ClipResult(
            new ClipRecord
            {
                Id = clip.Id,
                SourceUri = source.Item.Uri,
                SourceSha256 = "0",
                Span = clip.Span,
                Width = 1,
                Height = 1,
                FramesPerSecond = 25,
                Outcome = ClipOutcome.Retained,
                PolicySha256 = "0",
                PipelineVersion = PipelineVersion.Current,
            },
            null));

    public Task<SourceSummary> CompleteAsync(RunPlan plan, AnalysedSource source, IReadOnlyList<ClipRecord> clips, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceSummary { Clips = clips.Count, Retained = clips.Count });

    public Task<SourceSummary> QuarantineAsync(RunPlan plan, SourceItem item, SourceFailure failure, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceSummary { Failure = failure });

    public Task ReleaseAsync(RunPlan plan, SourceStart start) => Task.CompletedTask;

    public Task<RunResult> CommitAsync(RunPlan plan, RunFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult(new RunResult("0", true, "", facts.Counts.Retained));

    private static SourceInfo Info(string path) => new()
    {
        Path = path,
        SizeBytes = 1,
        Container = "mp4",
        StartTime = TimeSpan.Zero,
        VideoStreams = 1,
        AudioStreams = 1,
        Video = new VideoTrack
        {
            Index = 0,
            Codec = "h264",
            CodedWidth = 2,
            CodedHeight = 2,
            Width = 2,
            Height = 2,
            RotationDegrees = 0,
            SampleAspectRatio = new Rational(1, 1),
            PixelFormat = "yuv420p",
            Interlaced = false,
        },
        Audio = new AudioTrack { Index = 1, Codec = "aac", SampleRate = 48000, Channels = 2 },
    };
}
