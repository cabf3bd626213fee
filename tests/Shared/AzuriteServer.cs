using System.Globalization;
using System.Security.Cryptography;

namespace Curation.Tests;

/// <summary>A real Azurite (the emulator of Azure Blob Storage) on loopback, with one account whose key is made up for it.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account's name.</summary>
    public const string Account = "curationtest";

    private static readonly Lazy<Task<AzuriteServer>> Common = new(() => StartAsync());

    private readonly ServerProcess _process;

    private AzuriteServer(ServerProcess process, int port, string key)
    {
        _process = process;
        Port = port;
        Key = key;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The account's key: the secret that must not be seen anywhere.</summary>
    public string Key { get; }

    /// <summary>The account's address.</summary>
    public Uri ServiceUrl => UrlAt(Port);

    /// <summary>What Azure.Storage.Blobs reads.</summary>
    public string ConnectionString => ConnectionStringAt(Port);

    /// <summary>Full path of azurite-blob; skips the test where it is absent.</summary>
    public static string Require()
    {
        var program = Find();
        Assert.SkipWhen(program is null, "Azurite is not here: ./test installs it with npm into artifacts/azurite, or set CURATION_AZURITE to the path of an azurite-blob");
        return program!;
    }

    /// <summary>The server that the tests of this process share, each in a container of its own name; skips the test where there is no program for it.</summary>
    public static Task<AzuriteServer> SharedAsync()
    {
        Require();
        return Common.Value;
    }

    /// <summary>Starts an empty server; skips the test where there is no program for it.</summary>
    /// <param name="dataFolder">Where blobs are kept, to survive a kill; null keeps them in memory.</param>
    /// <param name="port">The port, to start again where a killed one was; null for a free one.</param>
    /// <param name="key">The account's key, to start again with; null makes one up.</param>
    /// <returns>The server; disposing it kills it as <c>kill -9</c> does.</returns>
    public static async Task<AzuriteServer> StartAsync(string? dataFolder = null, int? port = null, string? key = null)
    {
        var program = Require();
        key ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        string[] place = dataFolder is null ? ["--inMemoryPersistence"] : ["--location", dataFolder];
        string[] arguments =
        [
            // The package asks for a newer version of the protocol than the emulator knows.
            "--skipApiVersionCheck", "--silent", "--disableTelemetry", "--blobHost", "127.0.0.1",
            "--blobPort", (port ?? 0).ToString(CultureInfo.InvariantCulture), .. place,
        ];
        var environment = new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" };
        var process = await ServerProcess.StartAsync(program, arguments, environment, line => line.Contains("successfully listens on", StringComparison.Ordinal));
        return new AzuriteServer(process, int.Parse(process.ReadyLine.Split(':')[^1], CultureInfo.InvariantCulture), key);
    }

    /// <summary>The account's address through another port, such as a proxy's.</summary>
    public static Uri UrlAt(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{Account}"));

    /// <summary>The connection string through another port, such as a proxy's.</summary>
    public string ConnectionStringAt(int port) => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={UrlAt(port)};";

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string? Find()
    {
        if (ServerProcess.FindProgram("node") is null) return null;
        if (Environment.GetEnvironmentVariable("CURATION_AZURITE") is { Length: > 0 } configured) return File.Exists(configured) ? configured : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Curation.sln"))) continue;

            var program = Path.Combine(folder.FullName, "artifacts", "azurite", "node_modules", ".bin", "azurite-blob");
            return File.Exists(program) ? program : null;
        }

        return null;
    }
}
