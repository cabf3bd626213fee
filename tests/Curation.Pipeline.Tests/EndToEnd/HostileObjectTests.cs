using System.Net;
using System.Net.Sockets;
using System.Text;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.EndToEnd;

/// <summary>Objects that call themselves videos and are texts that name other files: none of them is followed.</summary>
public sealed class HostileObjectTests
{
    [Theory]
    [InlineData("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("a.ts", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n{0}")]
    [InlineData("a.mkv", "ffconcat version 1.0\nfile '{0}'\nfile '/etc/passwd'\n")]
    [InlineData("a.mov", "<?xml version=\"1.0\"?><MPD><Period><BaseURL>{0}</BaseURL></Period></MPD>")]
    public async Task Playlist_that_calls_itself_a_video_is_quarantined_and_fetches_nothing(string name, string content)
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)web.LocalEndpoint).Port}/video.ts";
        var (store, objects) = (new MemoryStore(), new FakeObjects());
        objects.Put(name, Encoding.UTF8.GetBytes(content.Replace("{0}", address, StringComparison.Ordinal)));
        await using var silo = new Silo(store, objects);
        var plan = Silo.Plan(FakeObjects.Root, MemoryStore.Root);
        await foreach (var item in silo.Pipeline.ListAsync(plan, TestContext.Current.CancellationToken))
        {
            var summary = await silo.ProcessAsync(plan, item);

            Assert.Equal("probe", summary.Failure?.Stage);
            Assert.DoesNotContain("root:", summary.Failure!.Reason, StringComparison.Ordinal);
        }

        Assert.False(web.Pending());
        Assert.Empty(silo.ScratchFiles);
    }
}
