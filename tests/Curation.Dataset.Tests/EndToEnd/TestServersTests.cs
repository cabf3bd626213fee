using System.Net;
using System.Net.Sockets;
using Curation.Tests;

namespace Curation.Dataset.Tests.EndToEnd;

/// <summary>The servers that tests lean on behave as real ones do.</summary>
public sealed class TestServersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_server_answers_until_it_is_killed_and_keeps_what_was_written()
    {
        using var folder = new TemporaryFolder();
        int port;
        await using (var first = await RedisServer.StartAsync(folder.Path))
        {
            port = first.Port;
            Assert.Equal("+OK", await AskRedisAsync(port, "SET a 1"));
        }

        await Assert.ThrowsAsync<SocketException>(() => AskRedisAsync(port, "PING"));
        await using var second = await RedisServer.StartAsync(folder.Path, port);
        Assert.Equal("$1", await AskRedisAsync(port, "GET a"));
    }

    [Fact]
    public async Task Azurite_server_answers_until_it_is_killed()
    {
        using var client = new HttpClient();
        Uri url;
        await using (var server = await AzuriteServer.StartAsync())
        {
            url = server.ServiceUrl;
            using var answer = await client.GetAsync(new Uri($"{url}?comp=list"), Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, Cancel));
    }

    private static async Task<string?> AskRedisAsync(int port, string command)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port, Cancel);
        await using var writer = new StreamWriter(connection.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync(command.AsMemory(), Cancel);
        using var reader = new StreamReader(connection.GetStream());
        return await reader.ReadLineAsync(Cancel);
    }
}
