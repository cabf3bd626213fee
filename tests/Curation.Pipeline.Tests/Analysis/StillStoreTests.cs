using Curation.Clips.Streaming;
using Curation.Media.Stills;
using Curation.Pipeline.Analysis;

namespace Curation.Pipeline.Tests.Analysis;

public sealed class StillStoreTests
{
    private const int Width = 6;
    private const int Height = 2;

    [Fact]
    public void Find_gives_the_still_nearest_to_the_instant_inside_the_span()
    {
        using var stills = new StillStore(Path.GetTempPath());
        for (var second = 0; second < 5; second++) stills.Add(Grey(second));

        Assert.Equal(PosterEncoder.Encode(Grey(2)), stills.Find(TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2.4)));
        Assert.Equal(PosterEncoder.Encode(Grey(3)), stills.Find(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2.4)));
        Assert.NotEqual(PosterEncoder.Encode(Grey(2)), PosterEncoder.Encode(Grey(3)));
        Assert.Null(stills.Find(TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(1.5)));
    }

    private static PictureView Grey(int second) => new()
    {
        Time = TimeSpan.FromSeconds(second),
        Width = Width,
        Height = Height,
        Luma = Enumerable.Repeat((byte)(30 + (40 * second)), Width * Height).ToArray(),
        Cb = Enumerable.Repeat((byte)128, Width * Height / 4).ToArray(),
        Cr = Enumerable.Repeat((byte)128, Width * Height / 4).ToArray(),
    };
}
