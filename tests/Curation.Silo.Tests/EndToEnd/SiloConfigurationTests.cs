using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>What an operator reads who got a setting wrong, or forgot a server.</summary>
public sealed class SiloConfigurationTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task All_faults_of_a_configuration_are_told_at_once()
    {
        var result = (await CurateProcess.RunAsync(
            "silo", "--Curate:Cluster:Kind=rediss", "--Curate:Silo:Roles=media,modle", "--Curate:Silo:SiloPort=0", "--Curate:Silo:HttpUrl=ftp://x",
            "--Curate:Silo:Prots=1", "--Curate:Blob:Retries=99", "--Curate:Telemetry:OtlpEndpoint=nowhere")).Ended(2);

        Assert.All(
            ["Curate:Cluster:Kind", "'modle'", "Curate:Silo:SiloPort", "Curate:Silo:HttpUrl", "Curate:Silo:Prots", "Curate:Blob:Retries", "Curate:Telemetry:OtlpEndpoint", "Nothing was started"],
            fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_connection_string_and_a_password_on_the_command_line_are_refused_and_not_repeated()
    {
        var missing = (await CurateProcess.RunAsync("silo", "--Curate:Cluster:Kind=redis")).Ended(2);
        var open = (await CurateProcess.RunAsync("silo", "--Curate:Cluster:Kind=redis", "--Curate:Cluster:ConnectionString=127.0.0.1:1,password=hunter2")).Ended(2);

        Assert.Contains("ConnectionString: is missing", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("holds a password", open.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", open.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo", "--Curate:Cluster:Kind=redis", "--Curate:Cluster:ConnectionString=127.0.0.1:1")]
    [InlineData("silo", "--Curate:Cluster:Kind=postgres", "--Curate:Cluster:ConnectionString=Host=127.0.0.1;Port=1;Username=x;Database=y")]
    [InlineData("run", "--input", "a", "--output", "b", "--cluster", "127.0.0.1:1")]
    [InlineData("run", "--input", "a", "--output", "b", "--cluster", "redis://127.0.0.1:1/name")]
    public async Task Nobody_there_is_told_within_ten_seconds(params string[] arguments)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = (await CurateProcess.RunAsync(arguments)).Ended(2);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Prompt);
        Assert.Contains("127.0.0.1:1", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was started", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_without_a_silo_is_told_within_ten_seconds()
    {
        await using var redis = await RedisServer.StartAsync();

        var started = TimeProvider.System.GetTimestamp();
        var result = (await CurateProcess.RunAsync("run", "--input", "a", "--output", "b", "--cluster", $"redis://{redis.ConnectionString}")).Ended(2);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Prompt);
        Assert.Contains("no silo of cluster 'curate'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_without_tables_names_them_and_where_the_scripts_are()
    {
        using var folder = new ScratchFolder();
        await using var postgres = await PostgresServer.StartAsync(folder);

        var result = (await CurateProcess.RunAsync("silo", "--Curate:Cluster:Kind=postgres", $"--Curate:Cluster:ConnectionString={postgres.ConnectionString}")).Ended(2);

        Assert.All(
            ["orleansquery", "orleansmembershiptable", "orleansstorage", "orleansreminderstable", "PostgreSQL-Main.sql", "https://github.com/dotnet/orleans"],
            part => Assert.Contains(part, result.Errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--detach")]
    [InlineData("--cluster", "http://x")]
    [InlineData("--cluster", "redis://me:secret@host")]
    public async Task Wrong_cluster_options_end_with_2(params string[] options)
    {
        var result = (await CurateProcess.RunAsync(["run", "--input", "a", "--output", "b", .. options])).Ended(2);

        Assert.DoesNotContain("secret", result.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }
}
