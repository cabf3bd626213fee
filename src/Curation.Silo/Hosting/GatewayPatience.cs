using System.Net.Sockets;
using Orleans.Messaging;

namespace Curation.Silo.Hosting;

/// <summary>
/// How long a command waits for a cluster: a few seconds where nobody listens, so that a mistyped address is told at once, and a minute
/// where a silo listens and only needs time to answer (it has just started, or its machine is at its limit).
/// </summary>
internal sealed class GatewayPatience(IGatewayListProvider gateways, TimeProvider time, TextWriter notices) : IClientConnectionRetryFilter
{
    /// <summary>The longest wait for a silo that listens.</summary>
    public static readonly TimeSpan WhereSomebodyListens = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WhereNobodyListens = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    // Accepting is the kernel's work: even a silo at its limit does it at once. Only a far or a walled-off address is slow.
    private static readonly TimeSpan ForAccept = TimeSpan.FromSeconds(2);

    private readonly long _start = time.GetTimestamp();
    private bool _hasTold;

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        var waited = time.GetElapsedTime(_start);
        if (waited > WhereSomebodyListens || (waited > WhereNobodyListens && !await AnybodyListensAsync(cancellationToken))) return false;

        if (waited > WhereNobodyListens && !_hasTold)
        {
            _hasTold = true;
            await notices.WriteLineAsync("waiting for a silo that listens and does not answer yet, for a minute at most");
        }

        await Task.Delay(Again, time, cancellationToken);
        return true;
    }

    private async Task<bool> AnybodyListensAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll((await gateways.GetGateways()).Select(gateway => ListensAsync(gateway, cancellationToken)));
        return answers.Contains(true);
    }

    private async Task<bool> ListensAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ForAccept, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(gateway.Host, gateway.Port, either.Token);
            return true;
        }
        catch (Exception away) when (away is SocketException || (away is OperationCanceledException && limit.IsCancellationRequested))
        {
            return false;
        }
    }
}
