using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Verifying;

namespace Curation.Pipeline.Tests.Verifying;

public sealed class ClipSampleTests
{
    private static readonly IReadOnlyList<ClipRecord> Clips = [.. Enumerable.Range(0, 200).Select(Clip)];

    [Fact]
    public void Sample_does_not_depend_on_the_order_of_the_clips()
    {
        Assert.Equal(Of(20, 7, Clips), Of(20, 7, Clips.Reverse()));
    }

    [Fact]
    public void Larger_sample_holds_the_smaller_one()
    {
        Assert.Subset(Of(50, 7, Clips).ToHashSet(), Of(20, 7, Clips).ToHashSet());
        Assert.Equal((20, 50), (Of(20, 7, Clips).Count, Of(50, 7, Clips).Count));
    }

    [Fact]
    public void Another_seed_chooses_other_clips()
    {
        Assert.NotEqual(Of(20, 7, Clips), Of(20, 8, Clips));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 200)]
    [InlineData(null, 200)]
    public void Sample_is_as_large_as_asked_for_and_as_there_are_clips(int? most, int size)
    {
        Assert.Equal(size, Of(most, 7, Clips).Count);
    }

    [Fact]
    public void Skew_of_the_row_goes_with_the_clip()
    {
        var sample = new ClipSample(null, 0);
        sample.Offer(Clip(1) with { Measurements = [Measurement.Measured("container_skew_s", 0.002, "ffprobe-first-pts", "1")] }, "a");
        sample.Offer(Clip(2), "b");

        Assert.Equal([0.002, null], sample.Clips.Select(clip => clip.SkewSeconds));
    }

    private static List<string> Of(int? most, int seed, IEnumerable<ClipRecord> clips)
    {
        var sample = new ClipSample(most, seed);
        foreach (var clip in clips) sample.Offer(clip, clip.MediaPath!);
        return [.. sample.Clips.Select(clip => clip.Path)];
    }

    private static ClipRecord Clip(int number) => new()
    {
        Id = new ClipId(number.ToString("x32", CultureInfo.InvariantCulture)),
        SourceUri = "file:///a.mp4",
        SourceSha256 = new string('a', 64),
        Span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(2)),
        Width = 64,
        Height = 48,
        FramesPerSecond = 25,
        MediaPath = string.Create(CultureInfo.InvariantCulture, $"clips/{number:0000}.mp4"),
        Outcome = ClipOutcome.Retained,
        PolicySha256 = new string('b', 64),
        PipelineVersion = "1",
    };
}
