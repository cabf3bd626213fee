using System.Globalization;
using Curation.Tests;

namespace Curation.Filters.Tests.Alignment;

/// <summary>A dog that barks in sync, copies of it out of sync, and clips whose sound tells nothing about the picture.</summary>
public sealed class SyncEstimatorRealClipTests
{
    /// <summary>The data set's limit.</summary>
    private const double Limit = 0.2;

    public static TheoryData<double> Shifts { get; } = [0.6, -0.6, 1.2, -1.2];

    [Fact]
    public async Task Dog_in_sync_is_seen_in_sync()
    {
        var estimate = (await DecodedClip.OpenAsync(RealClips.Require("clips/dog-bark.mp4"))).Estimate();

        Assert.InRange(estimate.OffsetSeconds!.Value, -Limit, Limit);
        Assert.InRange(estimate.Confidence, 0.5, 1);
    }

    [Theory]
    [MemberData(nameof(Shifts))]
    public Task Dog_with_shifted_timestamps_is_seen_out_of_sync(double shift) => SeeShiftAsync(shift, (source, copy) =>
        DecodedClip.FfmpegAsync("-i", source, "-itsoffset", shift.ToString(CultureInfo.InvariantCulture), "-i", source, "-map", "0:v", "-map", "1:a", "-c", "copy", copy));

    [Theory]
    [MemberData(nameof(Shifts))]
    public Task Dog_with_moved_samples_is_seen_out_of_sync(double shift)
    {
        var filter = shift > 0
            ? string.Create(CultureInfo.InvariantCulture, $"adelay={shift * 1000}:all=1,atrim=end=10")
            : string.Create(CultureInfo.InvariantCulture, $"atrim=start={-shift},asetpts=PTS-STARTPTS,apad=whole_dur=10");
        return SeeShiftAsync(shift, (source, copy) => DecodedClip.FfmpegAsync("-i", source, "-c:v", "copy", "-af", filter, "-c:a", "aac", copy));
    }

    [Fact]
    public async Task Face_in_sync_is_not_called_out_of_sync()
    {
        var estimate = (await DecodedClip.OpenAsync(RealClips.Require("clips/face-talking.mp4"))).Estimate();

        Assert.InRange(estimate.OffsetSeconds!.Value, -Limit, Limit);
    }

    [Theory]
    [InlineData("slide-talk-1080p.mp4")]
    [InlineData("cartoon-logo-subtitles.mp4")]
    [InlineData("dress-portrait.mp4")]
    [InlineData("two-speakers-portrait.mp4")]
    public async Task Clip_without_events_that_belong_together_is_not_trusted(string name)
    {
        var estimate = (await DecodedClip.OpenAsync(RealClips.Require($"clips/{name}"))).Estimate();

        Assert.InRange(estimate.Confidence, 0, 0.499);
    }

    [Theory]
    [InlineData("face-talking.mp4")]
    [InlineData("slide-talk-1080p.mp4")]
    [InlineData("cartoon-logo-subtitles.mp4")]
    [InlineData("dress-portrait.mp4")]
    public async Task Dog_with_the_sound_of_another_clip_is_not_trusted(string other)
    {
        var dog = await DecodedClip.OpenAsync(RealClips.Require("clips/dog-bark.mp4"));
        var sound = await DecodedClip.OpenAsync(RealClips.Require($"clips/{other}"));

        Assert.InRange((dog with { Onsets = sound.Onsets }).Estimate().Confidence, 0, 0.499);
        Assert.InRange((sound with { Onsets = dog.Onsets }).Estimate().Confidence, 0, 0.499);
    }

    private static async Task SeeShiftAsync(double shift, Func<string, string, Task> make)
    {
        var source = RealClips.Require("clips/dog-bark.mp4");
        var folder = Directory.CreateTempSubdirectory("curation-sync-");
        try
        {
            var copy = Path.Combine(folder.FullName, "copy.mp4");
            await make(source, copy);
            var estimate = (await DecodedClip.OpenAsync(copy)).Estimate();

            Assert.InRange(estimate.OffsetSeconds!.Value, shift - Limit, shift + Limit);
            Assert.InRange(estimate.Confidence, 0.5, 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
