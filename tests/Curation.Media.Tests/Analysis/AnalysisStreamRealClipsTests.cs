using Curation.Media.Analysis;
using Curation.Media.Tests.Support;
using Curation.Tests;

namespace Curation.Media.Tests.Analysis;

public sealed class AnalysisStreamRealClipsTests
{
    [Fact]
    public async Task Dog_bark_is_ten_seconds_at_25_frames()
    {
        var sink = new RecordingSink();
        var summary = await Parts.Analysis.RunAsync(await Parts.ProbeAsync(RealClips.Require("clips/dog-bark.mp4")), sink, new AnalysisOptions(), Parts.Cancel);

        Assert.InRange(summary.Pictures, 245, 252);
        Assert.InRange(summary.SoundEnd.TotalSeconds, 9.5, 10.5);
        Assert.Null(summary.EndedEarly);
    }

    [Fact]
    public async Task Source_without_sound_is_refused()
    {
        var error = await Assert.ThrowsAsync<MediaException>(() => Parts.ProbeAsync(RealClips.Require("clips/no-audio.mp4")));

        Assert.Equal("no sound: the file has no audio stream", error.Reason);
    }
}
