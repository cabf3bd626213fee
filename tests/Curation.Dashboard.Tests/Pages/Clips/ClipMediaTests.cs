using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class ClipMediaTests(ClipSite site) : IClassFixture<ClipSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retained_clip_is_sent_whole_and_in_parts()
    {
        var whole = await site.Http.GetAsync($"/media/clips/{site.Retained}.mp4", Cancel);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/media/clips/{site.Retained}.mp4") { Headers = { Range = new RangeHeaderValue(100, 299) } };
        var part = await site.Http.SendAsync(asked, Cancel);

        Assert.Equal((HttpStatusCode.OK, "video/mp4"), (whole.StatusCode, whole.Content.Headers.ContentType!.MediaType));
        Assert.Equal(site.Media, await whole.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((HttpStatusCode.PartialContent, 100L, 299L), (part.StatusCode, part.Content.Headers.ContentRange!.From!.Value, part.Content.Headers.ContentRange.To!.Value));
        Assert.Equal(site.Media[100..300], await part.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("nosniff", Assert.Single(whole.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Clip_that_was_not_retained_has_no_media_but_a_preview()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync($"/media/clips/{site.Rejected}.mp4", Cancel)).StatusCode);

        foreach (var id in new[] { site.Held, site.Rejected })
        {
            var preview = await site.Http.GetAsync($"/media/previews/{id}.mp4", Cancel);
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);

            // An MP4 begins with the length of its first box and "ftyp".
            Assert.Equal("ftyp", Encoding.ASCII.GetString(await preview.Content.ReadAsByteArrayAsync(Cancel), 4, 4));
        }
    }

    [Fact]
    public async Task Preview_of_a_source_that_is_gone_says_so()
    {
        var answer = await site.Http.GetAsync($"/media/previews/{site.Sourceless}.mp4", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("The clip cannot be shown: the file does not exist.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clip_in_its_source_and_its_spectrogram_are_sent()
    {
        var source = await site.Http.GetAsync($"/media/sources/{site.Retained}.mp4", Cancel);
        var spectrogram = await site.Http.GetAsync($"/media/spectrograms/{site.Retained}.png", Cancel);

        Assert.Equal((HttpStatusCode.OK, "video/mp4"), (source.StatusCode, source.Content.Headers.ContentType!.MediaType));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (spectrogram.StatusCode, spectrogram.Content.Headers.ContentType!.MediaType));
        Assert.Equal([0x89, .. "PNG"u8], (await spectrogram.Content.ReadAsByteArrayAsync(Cancel))[..4]);
    }

    [Fact]
    public async Task Still_is_sent_where_there_is_one()
    {
        Assert.Equal(site.Poster, await site.Http.GetByteArrayAsync($"/media/posters/{site.Retained}.jpg", Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync($"/media/posters/{site.Held}.jpg", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/media/clips/..%2F..%2Fdataset.json")]
    [InlineData("/media/clips/..%2Fdataset.json.mp4")]
    [InlineData("/media/clips/%2Fetc%2Fpasswd.mp4")]
    [InlineData("/media/posters/..%2F..%2Fdataset.jpg")]
    [InlineData("/media/posters/0123456789abcdef0123456789abcde%2E.jpg")]
    [InlineData("/media/previews/%27%20OR%201=1.mp4")]
    [InlineData("/media/clips/00000000000000000000000000000000.mp4")]
    [InlineData("/media/clips/00000000000000000000000000000000.mp4?dataset=%2Fetc")]
    public async Task Anything_but_the_name_of_a_clip_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync(address, Cancel)).StatusCode);
}
