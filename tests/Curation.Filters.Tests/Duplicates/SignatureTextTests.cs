using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class SignatureTextTests
{
    [Fact]
    public void Words_are_written_with_the_lowest_byte_first()
    {
        // 01 02 00 00 and ff 00 00 80 in base64.
        Assert.Equal("sound-band-signs/1:AQIAAP8AAIA=", new SoundSignature([0x201, 0x800000ff]).ToText());
    }

    [Fact]
    public void Signatures_read_back()
    {
        Assert.True(SoundSignature.TryRead(new SoundSignature([1, 0, uint.MaxValue]).ToText(), out var words));
        Assert.True(PictureSignature.TryRead(new PictureSignature([new PictureHash(1, 2), default, new PictureHash(ulong.MaxValue, 4)]).ToText(), out var hashes));

        Assert.Equal([1U, 0U, uint.MaxValue], words);
        Assert.Equal([1UL, 2UL, 0UL, 0UL, ulong.MaxValue, 4UL], hashes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sound-band-signs/2:AQIAAP8AAIA=")]
    [InlineData("picture-dct-hash/1:AQIAAP8AAIA=")]
    [InlineData("sound-band-signs/1:AQIAAP8AAIA")]
    [InlineData("sound-band-signs/1:AQI=")]
    [InlineData("sound-band-signs/1:")]
    [InlineData("sound-band-signs/1:****")]
    public void Text_of_another_version_or_damaged_is_no_signature(string text) => Assert.False(SoundSignature.TryRead(text, out _));
}
