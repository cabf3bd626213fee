using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Storage;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Runs;

public sealed class AnalysisStoreTests : IDisposable
{
    private static readonly string Sha256 = new('a', 64);
    private static readonly TimeSpan ClipMax = TimeSpan.FromSeconds(20);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task Find_gives_back_every_word_of_what_was_put()
    {
        var clip = Clip();
        await Store().PutAsync(Sha256, ClipMax, null, [clip], TestContext.Current.CancellationToken);

        var found = Assert.Single(await Store().FindAsync(Sha256, ClipMax, null, TestContext.Current.CancellationToken) ?? []);

        Assert.Equal((clip.Id, clip.Span, clip.Split, clip.PosterPath), (found.Id, found.Span, found.Split, found.PosterPath));
        Assert.Equal(clip.Measurements, found.Measurements);
        Assert.Equal(clip.Speakers, found.Speakers);
        Assert.Equal(clip.EventSeconds, found.EventSeconds);
        Assert.Equal(clip.PictureTimes, found.PictureTimes);
    }

    [Fact]
    public async Task Another_clip_length_is_another_question()
    {
        await Store().PutAsync(Sha256, ClipMax, null, [Clip()], TestContext.Current.CancellationToken);

        Assert.Null(await Store().FindAsync(Sha256, TimeSpan.FromSeconds(10), null, TestContext.Current.CancellationToken));
        Assert.Null(await Store().FindAsync(new string('b', 64), ClipMax, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_model_of_shots_is_another_question()
    {
        await Store().PutAsync(Sha256, ClipMax, "one/1", [Clip()], TestContext.Current.CancellationToken);

        Assert.NotNull(await Store().FindAsync(Sha256, ClipMax, "one/1", TestContext.Current.CancellationToken));
        Assert.Null(await Store().FindAsync(Sha256, ClipMax, "two/1", TestContext.Current.CancellationToken));
        Assert.Null(await Store().FindAsync(Sha256, ClipMax, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Damaged_file_is_an_absent_one()
    {
        await Store().PutAsync(Sha256, ClipMax, null, [Clip()], TestContext.Current.CancellationToken);
        var file = Directory.EnumerateFiles(Path.Combine(_folder, "_state", "analysis"), "*.json.gz", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        Assert.Null(await Store().FindAsync(Sha256, ClipMax, null, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AnalysisStore Store() => new(new LocalDatasetStore(_folder, TimeProvider.System));

    private static MeasuredClip Clip()
    {
        var span = new ClipSpan(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        return new MeasuredClip(
            ClipId.From(Sha256, span, PipelineVersion.Current),
            span,
            Split.SingleSpeech,
            [Measurement.Measured("motion_ratio", 0.1 + 0.2, "signal-dominant-motion", "1"), Measurement.Unmeasured("snr_db", "too short", "wada-snr", "1"), Measurement.NotApplicable("mos", "no voice")],
            [new Speaker("S1", "female", 0.75, null, 0.5, 2.5)],
            [0.25, 1.5],
            [TimeSpan.FromTicks(10_000_000), TimeSpan.FromTicks(10_333_333), TimeSpan.FromTicks(10_666_667)],
            "posters/x.jpg");
    }
}
