using System.Globalization;

namespace Curation.Tests;

/// <summary>A real redis-server on loopback, of this test only.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int Attempts = 5;

    private readonly ServerProcess _process;

    private RedisServer(ServerProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Host and port, as StackExchange.Redis reads them.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Full path of redis-server; skips the test where it is absent.</summary>
    public static string Require()
    {
        var program = ServerProcess.FindProgram("redis-server");
        Assert.SkipWhen(program is null, "redis-server is not here: install the package redis-server (Debian, Ubuntu) or redis (Fedora, Alpine, Homebrew)");
        return program!;
    }

    /// <summary>Starts an empty server; skips the test where there is no program for it.</summary>
    /// <param name="dataFolder">Where every write is kept in an append-only file, to survive a kill; null keeps nothing.</param>
    /// <param name="port">The port, to start again where a killed one was; null for a free one.</param>
    /// <returns>The server; disposing it kills it as <c>kill -9</c> does.</returns>
    public static async Task<RedisServer> StartAsync(string? dataFolder = null, int? port = null)
    {
        var program = Require();
        for (var attempt = 1; ; attempt++)
        {
            var chosen = port ?? ServerProcess.FreePort();
            try
            {
                return new RedisServer(await ServerProcess.StartAsync(program, Arguments(chosen, dataFolder), new Dictionary<string, string>(), line => line.Contains("Ready to accept connections", StringComparison.Ordinal)), chosen);
            }
            catch (InvalidOperationException) when (port is null && attempt < Attempts)
            {
                // Somebody else took the port in between.
            }
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string[] Arguments(int port, string? dataFolder)
    {
        string[] common = ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--dir", dataFolder ?? Path.GetTempPath()];
        return dataFolder is null ? common : [.. common, "--appendonly", "yes", "--appendfsync", "always"];
    }
}
