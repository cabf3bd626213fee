using System.Text;
using Curation.Media.Processes;

namespace Curation.Media.Tests.Processes;

public sealed class ChildEnvironmentTests
{
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "AV_LOG_FORCE_NOCOLOR"];

    [Fact]
    public async Task Child_gets_what_programs_need_and_no_secret()
    {
        var env = ProgramSearch.Find("env");
        Assert.SkipWhen(env is null, "there is no program 'env' here, which prints the environment");
        Environment.SetEnvironmentVariable("Curate__Cluster__ConnectionString", "redis:6379,password=hunter2");
        Environment.SetEnvironmentVariable("FFREPORT", "file=report.log");
        try
        {
            var output = await ChildRun.CaptureAsync(env!, [], TimeSpan.FromSeconds(10), MediaStage.Open, TimeProvider.System, TestContext.Current.CancellationToken);
            var names = Encoding.UTF8.GetString(output.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ToList();

            Assert.Contains("PATH", names);
            Assert.Contains("AV_LOG_FORCE_NOCOLOR", names);
            Assert.DoesNotContain(names.Except(Kept), name => !name.StartsWith("FONTCONFIG", StringComparison.Ordinal));
            Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(output.Bytes), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Curate__Cluster__ConnectionString", null);
            Environment.SetEnvironmentVariable("FFREPORT", null);
        }
    }

    [Fact]
    public void What_is_needed_stays_as_it_is()
    {
        var environment = new Dictionary<string, string?> { ["PATH"] = "/bin", ["LD_LIBRARY_PATH"] = "/lib", ["FONTCONFIG_FILE"] = "/fonts", ["AZURE_STORAGE_CONNECTION_STRING"] = "secret", ["LD_PRELOAD"] = "/x.so" };

        ChildEnvironment.Reduce(environment);

        Assert.Equal(["AV_LOG_FORCE_NOCOLOR", "FONTCONFIG_FILE", "LD_LIBRARY_PATH", "PATH"], environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("/bin", environment["PATH"]);
    }
}
