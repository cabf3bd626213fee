using System.Globalization;
using System.Net;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A <c>curate silo</c> on loopback ports of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Http = new();

    private readonly CurateProcess _process;
    private readonly int _httpPort;

    private SiloProcess(CurateProcess process, int gatewayPort, int httpPort)
    {
        _process = process;
        Gateway = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gatewayPort}");
        _httpPort = httpPort;
    }

    public int Id => _process.Id;

    public string Gateway { get; }

    public bool HasExited => _process.HasExited;

    public string Said => _process.Said;

    /// <summary>Starts one; Redis where a server is given, else files.</summary>
    /// <param name="folder">Scratch and state.</param>
    /// <param name="redis">The server; null for a silo alone.</param>
    /// <param name="settings">Further settings, such as <c>Curate:Silo:DrainSeconds=0</c>.</param>
    public static SiloProcess Start(ScratchFolder folder, RedisServer? redis, params string[] settings) => Start(folder, redis, new Dictionary<string, string>(), settings);

    /// <summary>Starts one with variables of its own.</summary>
    public static SiloProcess Start(ScratchFolder folder, RedisServer? redis, IReadOnlyDictionary<string, string> variables, params string[] settings)
    {
        var (silo, gateway, http) = (ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort());
        var environment = new Dictionary<string, string>(variables)
        {
            ["Curate__Cluster__Kind"] = redis is null ? "local" : "redis",
            ["Curate__Cluster__ConnectionString"] = redis?.ConnectionString ?? "",
            ["Curate__Silo__SiloPort"] = Number(silo),
            ["Curate__Silo__GatewayPort"] = Number(gateway),
            ["Curate__Silo__HttpUrl"] = $"http://127.0.0.1:{Number(http)}",
            ["Curate__Silo__ScratchFolder"] = folder.Folder("scratch"),
            ["Curate__Silo__StateFolder"] = folder.Folder("state"),
        };
        return new SiloProcess(CurateProcess.Start(null, environment, ["silo", .. settings.Select(setting => "--" + setting)]), gateway, http);
    }

    /// <summary>Waits until it may be given work.</summary>
    public async Task<SiloProcess> ReadyAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await StatusAsync("/health/ready") != HttpStatusCode.OK)
        {
            Assert.False(_process.HasExited, $"the silo ended: {Said}");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"the silo is not ready after {Patience}: {Said}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        return this;
    }

    /// <summary>The status of an address; null where nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(Address(path), TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<string> GetAsync(string path) => Http.GetStringAsync(Address(path), TestContext.Current.CancellationToken);

    /// <summary>The whole of an address.</summary>
    public Uri Address(string path) => new($"http://127.0.0.1:{Number(_httpPort)}{path}");

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Tool.Run("kill", "-TERM", Number(_process.Id));

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public Task<CurateResult> ExitAsync() => _process.ExitAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
