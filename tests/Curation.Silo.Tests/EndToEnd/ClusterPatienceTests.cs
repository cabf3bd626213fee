using System.Net;
using System.Net.Sockets;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>How long a command waits for a cluster that does not answer.</summary>
public sealed class ClusterPatienceTests
{
    [Fact]
    public async Task Silo_that_listens_is_waited_for_until_it_is_gone()
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var address = gateway.LocalEndpoint.ToString();
        await using var asking = CurateProcess.Start(null, null, "runs", "list", "--cluster", address!);

        // Said only after the patience with an address at which nobody listens has run out.
        while (!asking.Said.Contains("waiting for a silo", StringComparison.Ordinal))
        {
            Assert.False(asking.HasExited, asking.Said);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        gateway.Stop();
        var result = (await asking.ExitAsync()).Ended(2);
        Assert.Contains($"no silo of cluster 'curate' answers at {address}", result.Errors, StringComparison.Ordinal);
    }
}
