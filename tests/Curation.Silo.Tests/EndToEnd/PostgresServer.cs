using System.Globalization;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A real PostgreSQL on loopback, of this test only, without a table in it.</summary>
internal sealed class PostgresServer(ServerProcess process, string connectionString) : IAsyncDisposable
{
    // PostgreSQL refuses to run as root.
    private static readonly string[] AsNobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];

    public string ConnectionString { get; } = connectionString;

    /// <summary>Starts one; skips the test where there is no program for it.</summary>
    public static async Task<PostgresServer> StartAsync(ScratchFolder folder)
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).Select(Path.GetDirectoryName).FirstOrDefault() : null;
        Assert.SkipWhen(programs is null, "postgresql is not here: install the package postgresql (Debian, Ubuntu)");

        var data = folder.Folder("pg");
        string[] prefix = [];
        if (Environment.IsPrivilegedProcess)
        {
            Tool.Run("chmod", "755", folder.Path);
            Tool.Run("chown", "nobody:nogroup", data);
            prefix = AsNobody;
        }

        string[] init = [.. prefix, Path.Combine(programs!, "initdb"), "-D", data, "-U", "curate", "--auth=trust", "--no-sync", "--no-instructions"];
        Tool.Run(init[0], init[1..]);
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        string[] serve = [.. prefix, Path.Combine(programs!, "postgres"), "-D", data, "-p", port, "-h", "127.0.0.1", "-k", "", "-F"];
        var process = await ServerProcess.StartAsync(serve[0], serve[1..], new Dictionary<string, string>(), line => line.Contains("ready to accept connections", StringComparison.Ordinal));
        return new PostgresServer(process, $"Host=127.0.0.1;Port={port};Username=curate;Database=postgres");
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
