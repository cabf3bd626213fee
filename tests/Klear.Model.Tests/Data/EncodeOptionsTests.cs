using Klear.Model.Codecs.Transform;
using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class EncodeOptionsTests
{
    [Theory]
    [InlineData(8, 2, 17)]
    [InlineData(8, 0.4, 1)]
    [InlineData(24, 5, 121)]
    [InlineData(10, 1.2, 13)]
    public void Pictures_are_the_first_and_whole_latent_frames(int rate, double seconds, int pictures)
    {
        using var codec = new TransformVideoCodec();

        Assert.Equal(pictures, new EncodeOptions { PicturesPerSecond = rate }.Pictures(seconds, codec));
    }

    [Theory]
    [InlineData(2, 86)]
    [InlineData(10, 430)]
    [InlineData(0.001, 1)]
    public void Sound_has_whole_hops(double seconds, int frames)
    {
        using var codec = new TransformAudioCodec();

        Assert.Equal(frames, EncodeOptions.AudioFrames(seconds, codec));
    }

    [Theory]
    [InlineData(0.9, null)]
    [InlineData(0.95, 1.0)]
    [InlineData(3.9, 2.0)]
    [InlineData(60, 4.0)]
    public void Clip_takes_the_longest_length_that_it_has(double clip, double? seconds)
    {
        Assert.Equal(seconds, new EncodeOptions { Seconds = [1, 4, 2] }.LongestWithin(clip));
    }

    [Fact]
    public void Setting_out_of_range_is_refused_by_name()
    {
        using var codec = new TransformVideoCodec();

        Assert.Equal("PicturesPerSecond", Refused(new EncodeOptions { PicturesPerSecond = 0 }));
        Assert.Equal("Sizes", Refused(new EncodeOptions { Sizes = [] }));
        Assert.Equal("Sizes", Refused(new EncodeOptions { Sizes = [new(60, 64)] }));
        Assert.Equal("Seconds", Refused(new EncodeOptions { Seconds = [double.NaN] }));

        string? Refused(EncodeOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => options.Check(codec)).ParamName;
    }
}
