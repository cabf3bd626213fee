using Curation.Media.Tests.Support;

namespace Curation.Media.Tests;

public sealed class ContentDigestTests(MediaFolder media)
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public async Task Digest_is_that_of_fips_180(string content, string expected)
    {
        var path = media.PathOf("digest-" + content.Length);
        await File.WriteAllTextAsync(path, content, Parts.Cancel);

        Assert.Equal(expected, await ContentDigest.Sha256Async(path, Parts.Cancel));
    }

    [Fact]
    public async Task File_that_grows_while_it_is_read_is_refused()
    {
        var path = media.PathOf("growing");
        await File.WriteAllBytesAsync(path, new byte[64 << 20], Parts.Cancel);
        using var stop = new CancellationTokenSource();
        var growing = Task.Run(
            () =>
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                while (!stop.IsCancellationRequested && file.Length < 200 << 20) file.Write(new byte[4096]);
            },
            Parts.Cancel);

        var error = await Assert.ThrowsAsync<MediaException>(() => ContentDigest.Sha256Async(path, Parts.Cancel));
        await stop.CancelAsync();
        await growing;

        Assert.Contains("changed while it was read", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absent_file_does_not_exist() =>
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<MediaException>(() => ContentDigest.Sha256Async(media.PathOf("nowhere"), Parts.Cancel))).Reason, StringComparison.Ordinal);
}
