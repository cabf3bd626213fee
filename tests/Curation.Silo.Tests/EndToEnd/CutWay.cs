using System.Net;
using System.Net.Sockets;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A way to an address that a test can cut: what is sent meanwhile is neither delivered nor refused, as when a cable is pulled out. Healed, it goes on where it was.</summary>
internal sealed class CutWay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _whole = Whole();

    /// <summary>Starts listening.</summary>
    /// <param name="from">Where others think the target is.</param>
    /// <param name="target">Where it is.</param>
    public CutWay(IPEndPoint from, IPEndPoint target)
    {
        (_listener, _target) = (new TcpListener(from), target);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>From now on nothing comes through.</summary>
    public void Cut() => _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held up goes on, and all the rest.</summary>
    public void Heal() => _whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception error) when (_stop.IsCancellationRequested && error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The listener was stopped: while it waited, or between two waits.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var target = new TcpClient())
        {
            try
            {
                await _whole.Task.WaitAsync(_stop.Token);
                await target.ConnectAsync(_target, _stop.Token);
                await Task.WhenAny(PumpAsync(client.GetStream(), target.GetStream()), PumpAsync(target.GetStream(), client.GetStream()));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One of the two is gone.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
            {
                await _whole.Task.WaitAsync(_stop.Token);
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction ended, and both connections with it.
        }
    }
}
