using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A chat completion service on loopback: one caption for every question, or 503 while it is down.</summary>
internal sealed partial class LoopbackEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _caption;
    private readonly Task _serving;

    public LoopbackEndpoint(string caption)
    {
        _caption = caption;
        Address = $"http://127.0.0.1:{FreePort()}/v1/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public bool IsDown { get; set; }

    public int Answers { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var question = await reader.ReadToEndAsync();
            context.Response.StatusCode = IsDown ? 503 : 200;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(IsDown ? "{}" : Answer(question)));
            context.Response.Close();
        }
    }

    private string Answer(string question)
    {
        Answers++;
        using var body = JsonDocument.Parse(question);
        var binding = Binding().Match(body.RootElement.GetProperty("messages")[0].GetProperty("content").GetRawText()).Groups[1].Value;
        var content = JsonSerializer.Serialize(new { clip = binding, caption = _caption, sounds = Array.Empty<string>(), confidence = 0.9 });
        var choice = new { index = 0, finish_reason = "stop", message = new { role = "assistant", content } };
        return JsonSerializer.Serialize(new { id = "1", @object = "chat.completion", created = 1, model = "test-omni", choices = new[] { choice }, usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 } });
    }

    [GeneratedRegex("exactly in the member .{1,12}clip.{1,12}: ([0-9a-f]{16})")]
    private static partial Regex Binding();
}
