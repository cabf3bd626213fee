using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Curation.Tests;

/// <summary>Stands between a client and an HTTP server on loopback, and spoils what a test wants spoilt.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int HeadBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _server = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseProxy = false });
    private readonly Uri? _upstream;
    private readonly Func<ProxiedRequest, Fault?> _choose;
    private readonly Task _accepting;
    private int _count;

    /// <summary>Starts on a free port.</summary>
    /// <param name="upstream">The server; null where every request is answered by a fault.</param>
    /// <param name="choose">What happens to a request; null passes it on.</param>
    public FaultProxy(Uri? upstream, Func<ProxiedRequest, Fault?> choose)
    {
        _upstream = upstream is null ? null : new Uri(upstream.GetLeftPart(UriPartial.Authority));
        _choose = choose;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request so far.</summary>
    public ConcurrentQueue<ProxiedRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _server.Dispose();
        _stop.Dispose();
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

    // One request a connection: then a broken one never spoils the next.
    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            // A closed connection must be seen as broken, not as ended.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            try
            {
                await AnswerAsync(client, client.GetStream());
            }
            catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or SocketException)
            {
                // The client or the server went away.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, NetworkStream stream)
    {
        var head = await ReadHeadAsync(stream);
        var lines = head.Split("\r\n");
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1].Trim());
        var request = new ProxiedRequest(Interlocked.Increment(ref _count), first[0], first[1], headers);
        Requests.Enqueue(request);

        var fault = _choose(request);
        if (fault is { IsRefused: true }) return;

        if (headers.ContainsKey("expect")) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        var body = new byte[headers.TryGetValue("content-length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        if (fault?.Own is { } own)
        {
            await WriteHeadAsync(stream, own.Status, own.Headers.Append(new("Content-Length", own.Body.Length.ToString(CultureInfo.InvariantCulture))));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(own.Body), _stop.Token);
        }
        else
        {
            await PassOnAsync(stream, request, body, fault);
            if (fault is { BreakAfter: not null } or { IsAnswerLost: true }) return;
        }

        // The rest of the answer is still on its way: end, instead of breaking off.
        client.LingerState = new LingerOption(enable: false, seconds: 0);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private async Task PassOnAsync(NetworkStream stream, ProxiedRequest request, byte[] body, Fault? fault)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_upstream!, request.Target)) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in request.Headers)
        {
            if (name is "host" or "connection" or "expect" or "content-length" || (fault is { IsRangeIgnored: true } && name is "range" or "x-ms-range" or "if-match")) continue;
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _server.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        await using var content = await answer.Content.ReadAsStreamAsync(_stop.Token);
        if (fault is { IsAnswerLost: true })
        {
            await content.CopyToAsync(Stream.Null, _stop.Token);
            return;
        }

        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Connection" or "Keep-Alive" or "Transfer-Encoding"))
            .Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));
        var bare = fault is { IsEndless: true } || answer.Content.Headers.ContentLength is null ? headers.Where(header => header.Key != "Content-Length") : headers;
        await WriteHeadAsync(stream, (int)answer.StatusCode, bare);
        await CopyAsync(content, stream, fault);
    }

    private async Task CopyAsync(Stream content, NetworkStream stream, Fault? fault)
    {
        var buffer = new byte[16 * 1024];
        var stalled = false;
        for (long sent = 0; ;)
        {
            var limit = fault?.BreakAfter is { } end ? Math.Min(buffer.Length, end - sent)
                : fault?.StallAfter is { } pause && !stalled && sent < pause ? Math.Min(buffer.Length, pause - sent) : buffer.Length;
            if (limit == 0) return;

            var read = await content.ReadAsync(buffer.AsMemory(0, (int)limit), _stop.Token);
            if (read == 0 && fault is { IsEndless: true }) read = (int)limit;
            if (read == 0) return;

            await stream.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            sent += read;
            if (fault?.StallAfter is { } at && !stalled && sent >= at)
            {
                stalled = true;
                await Task.Delay(fault.StallFor, _stop.Token);
            }
        }
    }

    private async Task WriteHeadAsync(NetworkStream stream, int status, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Answer\r\nConnection: close\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < HeadBytes)
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Add(one[0]);
            if (one[0] == '\n' && head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r') return Encoding.ASCII.GetString([.. head]).TrimEnd();
        }

        throw new IOException("The head of the request is too long.");
    }
}
