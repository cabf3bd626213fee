using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Pipeline.Browsing;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline.Tests.Browsing;

public sealed class ClipFilesTests(MadeVideos videos) : IClassFixture<MadeVideos>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retained_clip_is_its_own_file()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var store = new LocalDatasetStore(folder.Path);
        var clip = await RowAsync(videos.Files[0], 0, 3) with { MediaPath = "clips/aa/aa.mp4" };

        var gone = await services.GetRequiredService<ClipFiles>().FindAsync(store, clip, ClipView.Clip, Cancel);
        await store.PutAsync(clip.MediaPath, new byte[] { 1 }, Cancel);
        var found = await services.GetRequiredService<ClipFiles>().FindAsync(store, clip, ClipView.Clip, Cancel);

        Assert.StartsWith("The clip cannot be shown: clips/aa/aa.mp4 is gone", gone.Problem, StringComparison.Ordinal);
        Assert.Equal((store.FullPath(clip.MediaPath), (string?)null), (found.Path, found.Problem));
    }

    [Fact]
    public async Task Retained_clip_of_a_store_without_files_is_fetched_once()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var store = new MemoryStore();
        await store.PutAsync("clips/aa/aa.mp4", new byte[] { 1, 2, 3 }, Cancel);
        var clip = await RowAsync(videos.Files[0], 0, 3) with { MediaPath = "clips/aa/aa.mp4" };

        var found = await services.GetRequiredService<ClipFiles>().FindAsync(store, clip, ClipView.Clip, Cancel);
        store.Objects.Clear();
        var again = await services.GetRequiredService<ClipFiles>().FindAsync(store, clip, ClipView.Clip, Cancel);

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(found.Path!, Cancel));
        Assert.Equal(found, again);
    }

    [Fact]
    public async Task Rejected_clip_is_cut_from_its_source_once()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var clip = await RowAsync(videos.Files[1], 1, 2.6);

        var found = await services.GetRequiredService<ClipFiles>().FindAsync(new MemoryStore(), clip, ClipView.Clip, Cancel);
        var written = File.GetLastWriteTimeUtc(found.Path!);
        var again = await services.GetRequiredService<ClipFiles>().FindAsync(new MemoryStore(), clip, ClipView.Clip, Cancel);

        // 1.6 s at 25 pictures a second.
        var info = await services.GetRequiredService<MediaProbe>().ProbeAsync(found.Path!, Cancel);
        Assert.Equal(1.6, info.Duration!.Value.TotalSeconds, 0.03);
        Assert.Equal((found.Path, written), (again.Path, File.GetLastWriteTimeUtc(again.Path!)));
    }

    [Fact]
    public async Task Clip_in_its_source_has_what_lies_around_it()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder, new ClipCacheOptions { ContextSeconds = 2 });
        var clip = await RowAsync(videos.Files[1], 3, 3.5);

        var found = await services.GetRequiredService<ClipFiles>().FindAsync(new MemoryStore(), clip, ClipView.Context, Cancel);

        // From 1 s to 5.5 s of the source.
        Assert.Equal(new ClipSpan(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5.5)), found.Span);
        Assert.Equal(4.5, (await services.GetRequiredService<MediaProbe>().ProbeAsync(found.Path!, Cancel)).Duration!.Value.TotalSeconds, 0.05);
    }

    [Fact]
    public async Task Source_that_is_gone_or_changed_or_elsewhere_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var files = services.GetRequiredService<ClipFiles>();
        var clip = await RowAsync(videos.Files[0], 0, 1);

        var gone = await files.FindAsync(new MemoryStore(), clip with { SourceUri = SourceUri.FromPath(Path.Combine(folder.Path, "gone.mp4")) }, ClipView.Clip, Cancel);
        var changed = await files.FindAsync(new MemoryStore(), clip with { SourceSha256 = new string('0', 64) }, ClipView.Clip, Cancel);
        var elsewhere = await files.FindAsync(new MemoryStore(), clip with { SourceUri = "gopher://somewhere/else.mp4" }, ClipView.Clip, Cancel);

        Assert.Equal("The clip cannot be shown: the file does not exist.", gone.Problem);
        Assert.Equal("The clip cannot be shown: the source has changed since it was measured.", changed.Problem);
        Assert.Equal("The clip cannot be shown: the source does not lie where this machine can reach it.", elsewhere.Problem);
    }

    [Fact]
    public async Task Row_that_names_a_file_which_is_no_media_shows_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var secret = Path.Combine(folder.Path, "secret.txt");
        await File.WriteAllTextAsync(secret, "password=hunter2", Cancel);
        var clip = await RowAsync(videos.Files[0], 0, 1) with { SourceUri = SourceUri.FromPath(secret), SourceSha256 = await ContentDigest.Sha256Async(secret, Cancel) };

        var found = await services.GetRequiredService<ClipFiles>().FindAsync(new MemoryStore(), clip, ClipView.Clip, Cancel);

        Assert.Null(found.Path);
        Assert.DoesNotContain("hunter2", found.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clips/aa/aa.mp4", true)]
    [InlineData("dataset.json", false)]
    [InlineData("clips/../dataset.json", false)]
    [InlineData("clips/../../x.mp4", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData(null, false)]
    public async Task Media_is_a_file_of_the_folder_of_clips(string? path, bool expected)
    {
        Assert.Equal(expected, ClipFiles.HasMedia(await RowAsync(videos.Files[0], 0, 1) with { MediaPath = path }));
    }

    [Fact]
    public async Task Curves_of_a_clip_say_what_is_heard_and_seen()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder);
        var clip = await RowAsync(videos.Files[0], 0, 3);

        var (curves, problem) = await services.GetRequiredService<ClipCurveReader>().ReadAsync(new MemoryStore(), clip, Cancel);

        // ffmpeg's sine has an amplitude of 1/8; the picture lasts 3 s.
        Assert.Null(problem);
        Assert.Equal(3, curves!.Seconds, 0.05);
        Assert.Equal(0.125, curves.Highs.Max(), 0.01);
        Assert.Equal(-0.125, curves.Lows.Min(), 0.01);
        Assert.Equal(3, curves.Highs.Count * curves.PartSeconds, 0.1);
        Assert.True(curves.Sync.Estimate.OffsetSeconds is not null || curves.Sync.Estimate.Reason is not null);
        Assert.Equal(curves.Sync.Motion.Count, curves.Sync.Onset.Count);
    }

    private static async Task<ClipRecord> RowAsync(string source, double start, double end) => new()
    {
        Id = new ClipId("0123456789abcdef0123456789abcdef"),
        SourceUri = SourceUri.FromPath(source),
        SourceSha256 = await ContentDigest.Sha256Async(source, Cancel),
        Span = new ClipSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end)),
        Width = 320,
        Height = 240,
        FramesPerSecond = 25,
        Outcome = ClipOutcome.Rejected,
        PolicySha256 = "p",
        PipelineVersion = "1",
    };

    private static ServiceProvider Services(TemporaryFolder folder, ClipCacheOptions? options = null) => new ServiceCollection()
        .AddSingleton(TimeProvider.System).AddLogging()
        .AddSingleton(new ScratchOptions { Folder = Path.Combine(folder.Path, "scratch") })
        .AddSingleton(options ?? new ClipCacheOptions())
        .AddCurationPipeline().BuildServiceProvider();
}
