using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>
/// Two silos that reach Redis but not each other, for longer than it takes to be declared dead. One of them leaves and is started again, as by any
/// supervisor. What comes out is what an undisturbed run makes: no clip twice, no source lost, one snapshot after the other.
/// </summary>
public sealed class SplitTests
{
    private const int Sources = 4;

    // Three probes missed, 2 s each, and all delays.
    private static readonly TimeSpan MembershipLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_that_lose_each_other_and_meet_again_write_what_an_undisturbed_run_writes()
    {
        Assert.SkipUnless(HasSecondLoopback(), "this system has no second loopback address (127.0.0.2), at which a silo could be found through a proxy");
        using var folder = new ScratchFolder();
        await using var redis = await RedisServer.StartAsync();
        MakeSources(folder);
        (await CurateProcess.RunAsync(Run(folder, "calm"))).Ended(0);
        (await CurateProcess.RunAsync([.. Run(folder, "split"), "--limit", "1"])).Ended(0);
        var first = new WrittenDataset(folder.File("split")).Manifest.GetProperty("id").GetString();

        await using (var left = new ReachedThroughProxy(folder, redis, "127.0.0.2"))
        await using (var right = new ReachedThroughProxy(folder, redis, "127.0.0.3"))
        {
            await left.Silo.ReadyAsync();
            await right.Silo.ReadyAsync();
            await using var run = CurateProcess.Start(null, null, [.. Run(folder, "split"), "--cluster", $"redis://{redis.ConnectionString}", "--json"]);
            Assert.True(await Tool.UntilAsync(() => run.HasExited || Tool.Running("ffmpeg", folder.File("in")).Count > 1, Limit), run.Said);

            left.Way.Cut();
            right.Way.Cut();
            var started = TimeProvider.System.GetTimestamp();
            Assert.True(await Tool.UntilAsync(() => left.Silo.HasExited || right.Silo.HasExited, Limit), $"neither silo left: {left.Silo.Said}\n{right.Silo.Said}");
            var noticed = TimeProvider.System.GetElapsedTime(started);
            if (noticed < MembershipLimit) await Task.Delay(MembershipLimit - noticed, TestContext.Current.CancellationToken);
            left.Way.Heal();
            right.Way.Heal();
            Assert.True(left.Silo.HasExited != right.Silo.HasExited, "both silos left");
            await (left.Silo.HasExited ? left : right).StartAgainAsync();

            var told = (await run.ExitAsync()).Ended(0);
            Assert.Equal(Sources, told.Json.GetProperty("sources").GetInt32());
            Assert.Equal(0, told.Json.GetProperty("quarantined").GetInt32());
        }

        var split = new WrittenDataset(folder.File("split"));
        split.AssertSameRows(new WrittenDataset(folder.File("calm")));
        split.AssertNothingLeftOver();
        Assert.Equal(first, split.Manifest.GetProperty("parent").GetString());
        Assert.Empty(Tool.Running("ffmpeg", folder.File("in")));
    }

    private static string[] Run(ScratchFolder folder, string output) =>
        ["run", "--input", folder.File("in"), "--output", folder.File(output), "--policy", MadeMedia.WriteKeepAll(folder)];

    // More than the silos take at once; the run cannot end before it is settled who of them is dead, because each has a source of it.
    private static void MakeSources(ScratchFolder folder)
    {
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "0.mp4"), 10, 1, "-g", "25");
        for (var i = 1; i < Sources; i++) MadeMedia.Ffmpeg("-i", "file:" + folder.File("in", "0.mp4"), "-c", "copy", "-metadata", $"title={i}", "file:" + folder.File("in", $"{i}.mp4"));
    }

    private static bool HasSecondLoopback()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A silo on 127.0.0.1 that others find at another address, where a proxy stands. Clients always come through.</summary>
    private sealed class ReachedThroughProxy : IAsyncDisposable
    {
        private readonly Func<SiloProcess> _start;
        private readonly CutWay _clients;

        public ReachedThroughProxy(ScratchFolder folder, RedisServer redis, string address)
        {
            var (silo, gateway) = (ServerProcess.FreePort(), ServerProcess.FreePort());
            Way = new CutWay(new IPEndPoint(IPAddress.Parse(address), silo), new IPEndPoint(IPAddress.Loopback, silo));
            _clients = new CutWay(new IPEndPoint(IPAddress.Parse(address), gateway), new IPEndPoint(IPAddress.Loopback, gateway));
            _start = () => SiloProcess.Start(
                folder, redis, $"Curate:Silo:AdvertisedAddress={address}", "Curate:Silo:ListenAddress=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"Curate:Silo:SiloPort={silo}"),
                string.Create(CultureInfo.InvariantCulture, $"Curate:Silo:GatewayPort={gateway}"), "Curate:Silo:Sources=1");
            Silo = _start();
        }

        public SiloProcess Silo { get; private set; }

        public CutWay Way { get; }

        public async Task StartAgainAsync()
        {
            await Silo.DisposeAsync();
            Silo = await _start().ReadyAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Silo.DisposeAsync();
            await Way.DisposeAsync();
            await _clients.DisposeAsync();
        }
    }
}
