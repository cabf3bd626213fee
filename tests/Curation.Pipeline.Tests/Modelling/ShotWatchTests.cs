using Curation.Clips;
using Curation.Clips.Streaming;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Curation.Models.Scenes;
using Curation.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class ShotWatchTests
{
    // TransNetV2's own tool has ffmpeg scale the source to 48 x 27, bicubic; the analysis pass gives it the same pictures within a few levels.
    [Theory]
    [InlineData("clips/face-talking.mp4")]
    [InlineData("clips/two-speakers-portrait.mp4")]
    public async Task Small_pictures_of_the_analysis_pass_are_those_that_Ffmpeg_scales(string clip)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddCurationPipeline().BuildServiceProvider();
        var source = await services.GetRequiredService<MediaProbe>().ProbeAsync(RealClips.Require(clip), stop);
        var sink = new Sink();
        await services.GetRequiredService<AnalysisStream>().RunAsync(source, sink, new AnalysisOptions(), stop);
        var rate = (source.Video.AverageRate ?? source.Video.NominalRate)!.Value;
        var span = new ClipSpan(sink.First, sink.First + TimeSpan.FromSeconds(3));

        var request = new PictureRequest { Rate = rate, Fit = PictureFit.Squash, Width = TransNetScenes.Width, Height = TransNetScenes.Height, Scaler = PictureScaler.Bicubic };
        var expected = await services.GetRequiredService<ClipReader>().ReadAllPicturesAsync(source, span, request, null, stop);

        Assert.True(expected.Count > 60);
        for (var i = 0; i < expected.Count; i++)
        {
            var picture = sink.Pictures[i];
            ReadOnlySpan<byte> actual = picture;
            var difference = 0.0;
            for (var at = 0; at < ShotPicture.Bytes; at++) difference += Math.Abs(actual[at] - expected.Rgb[(i * ShotPicture.Bytes) + at]);
            Assert.InRange(difference / ShotPicture.Bytes, 0, 2.5);
        }
    }

    private sealed class Sink : IAnalysisSink
    {
        private ShotScaler? _scaler;

        public List<ShotPicture> Pictures { get; } = [];

        public TimeSpan First { get; private set; }

        public void OnPicture(in PictureView picture)
        {
            if (_scaler is null) First = picture.Time;
            _scaler ??= new ShotScaler(picture.Width, picture.Height);
            _scaler.Scale(picture, out var small);
            Pictures.Add(small);
        }

        public void OnSound(in SoundView sound)
        {
        }
    }
}
