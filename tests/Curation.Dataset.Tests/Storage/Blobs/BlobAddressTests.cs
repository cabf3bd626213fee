using Curation.Dataset.Storage.Blobs;

namespace Curation.Dataset.Tests.Storage.Blobs;

public sealed class BlobAddressTests
{
    [Theory]
    [InlineData("azblob://account1/my-videos", "my-videos", "")]
    [InlineData("azblob://account1/my-videos/", "my-videos", "")]
    [InlineData("AZBLOB://account1/my-videos/a/b.mp4", "my-videos", "a/b.mp4")]
    [InlineData("azblob://account1/my-videos/a/b/", "my-videos", "a/b")]
    [InlineData("azblob://account1/my-videos/a%20b%23%3F%25.mp4", "my-videos", "a b#?%.mp4")]
    [InlineData("azblob://account1/my-videos/%ED%95%9C 글.mp4", "my-videos", "한 글.mp4")]
    [InlineData("azblob://account1/my-videos/a//b.mp4", "my-videos", "a//b.mp4")]
    public void Address_is_taken_apart(string text, string container, string name)
    {
        var address = BlobAddress.Parse(text);

        Assert.Equal(("account1", container, name), (address.Account, address.Container, address.Name));
        Assert.Equal(address, BlobAddress.Parse(address.ToString()));
    }

    [Fact]
    public void Every_character_of_a_name_survives_being_written_and_read()
    {
        var name = string.Concat(Enumerable.Range(1, 0x2FF).Select(code => (char)code)).Replace("/", "", StringComparison.Ordinal) + "/한/😀";
        var address = BlobAddress.Parse("azblob://account1/videos").At(name);

        Assert.Equal(name, BlobAddress.Parse(address.ToString()).Name);
    }

    [Theory]
    [InlineData("s3://bucket/x", "azblob://")]
    [InlineData("azblob://", "account")]
    [InlineData("azblob://ab/videos", "account")]
    [InlineData("azblob://My_Account/videos", "account")]
    [InlineData("azblob://account1", "container")]
    [InlineData("azblob://account1/", "container")]
    [InlineData("azblob://account1/ab", "container")]
    [InlineData("azblob://account1/Videos", "container")]
    [InlineData("azblob://account1/my--videos", "container")]
    [InlineData("azblob://account1/-videos", "container")]
    [InlineData("azblob://account1/videos/../other", "'..'")]
    [InlineData("azblob://account1/videos/a/%2E%2E/b", "'..'")]
    [InlineData("azblob://account1/videos/./b", "'.'")]
    [InlineData("azblob://account1/videos/100%", "%25")]
    [InlineData("azblob://account1/videos/%zz", "%25")]
    [InlineData("azblob://account1/videos/%FF.mp4", "UTF-8")]
    [InlineData("azblob://account1/videos/a#b", "%23")]
    [InlineData("azblob://account1/videos/a?b", "%3F")]
    public void Malformed_address_is_refused_in_words(string text, string word)
    {
        Assert.False(BlobAddress.TryParse(text, out _, out var problem));
        Assert.Contains(word, problem, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BlobAddress.Parse(text));
    }

    [Theory]
    [InlineData("azblob://account1/videos/x?sv=2025&sig=SECRET")]
    [InlineData("azblob://user:SECRET@account1/videos/x")]
    [InlineData("azblob://account1/videos/SECRET@x?y=z")]
    public void Secret_in_an_address_is_not_repeated(string text)
    {
        Assert.DoesNotContain("SECRET", Assert.Throws<ArgumentException>(() => BlobAddress.Parse(text)).Message, StringComparison.Ordinal);
    }
}
