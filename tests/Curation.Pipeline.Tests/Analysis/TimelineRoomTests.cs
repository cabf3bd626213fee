using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Models.Scenes;
using Curation.Pipeline.Analysis;

namespace Curation.Pipeline.Tests.Analysis;

public sealed class TimelineRoomTests
{
    // At 320 px a 16:9 picture of 4:2:0 has 320 x 180 x 1.5 bytes, and one a second is kept.
    private const long StillsOfAnHour = 3600L * 320 * 180 * 3 / 2;

    [Fact]
    public void Source_of_a_minute_stays_in_memory() => Assert.Equal(0, TimelineRoom.Bytes(Source(TimeSpan.FromMinutes(1)), new AnalysisOptions(), shots: true));

    [Fact]
    public void Hour_takes_its_stills_and_less_than_a_gibibyte() =>
        Assert.InRange(TimelineRoom.Bytes(Source(TimeSpan.FromHours(1)), new AnalysisOptions(), shots: false), StillsOfAnHour, 1L << 30);

    [Fact]
    public void Model_of_shots_adds_a_small_picture_for_every_picture()
    {
        var hour = Source(TimeSpan.FromHours(1));

        var added = TimelineRoom.Bytes(hour, new AnalysisOptions(), shots: true) - TimelineRoom.Bytes(hour, new AnalysisOptions(), shots: false);

        Assert.Equal(3600L * 25 * ShotPicture.Bytes, added);
    }

    [Fact]
    public void Unstated_length_counts_as_an_hour() =>
        Assert.Equal(TimelineRoom.Bytes(Source(TimeSpan.FromHours(1)), new AnalysisOptions(), false), TimelineRoom.Bytes(Source(null), new AnalysisOptions(), false));

    [Fact]
    public void Length_that_nobody_believes_does_not_overflow() => Assert.InRange(TimelineRoom.Bytes(Source(TimeSpan.MaxValue), new AnalysisOptions(), true), 1L << 40, long.MaxValue);

    private static SourceInfo Source(TimeSpan? duration) => new()
    {
        Path = "a.mp4",
        SizeBytes = 1,
        Container = "mp4",
        Duration = duration,
        StartTime = TimeSpan.Zero,
        VideoStreams = 1,
        AudioStreams = 1,
        Video = new VideoTrack
        {
            Index = 0,
            Codec = "h264",
            CodedWidth = 1920,
            CodedHeight = 1080,
            Width = 1920,
            Height = 1080,
            RotationDegrees = 0,
            SampleAspectRatio = new Rational(1, 1),
            AverageRate = new Rational(25, 1),
            PixelFormat = "yuv420p",
            Interlaced = false,
        },
        Audio = new AudioTrack { Index = 1, Codec = "aac", SampleRate = 48000, Channels = 2 },
    };
}
