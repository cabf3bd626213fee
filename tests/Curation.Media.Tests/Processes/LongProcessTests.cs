using Curation.Media.Processes;

namespace Curation.Media.Tests.Processes;

public sealed class LongProcessTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["TRAINER_THREADS"] = "3" };

    [Fact]
    public async Task Program_that_ends_leaves_its_exit_code_and_its_last_lines()
    {
        await using var process = await StartAsync("echo one; echo \"two $TRAINER_THREADS\"; echo wrong >&2; exit 7");

        Assert.Equal(7, await process.Ended.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["one", "two 3"], process.LastOutput);
        Assert.Equal(["wrong"], process.LastErrors);
    }

    [Fact]
    public async Task Program_that_is_asked_to_end_may_finish_its_work()
    {
        await using var process = await StartAsync("trap 'echo saved; exit 130' TERM; echo ready; while :; do sleep 0.05; done");
        while (process.LastOutput.Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);

        process.Terminate();

        Assert.Equal(130, await process.Ended.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["ready", "saved"], process.LastOutput);
        process.Terminate();
    }

    [Fact]
    public async Task Disposing_kills_a_program_that_does_not_listen()
    {
        LongProcess process;
        await using (process = await StartAsync("trap '' TERM; echo deaf; while :; do sleep 0.05; done"))
        {
            while (process.LastOutput.Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
            process.Terminate();
        }

        Assert.Equal(137, await process.Ended.WaitAsync(TestContext.Current.CancellationToken)); // 128 + SIGKILL
    }

    private static Task<LongProcess> StartAsync(string script)
    {
        var shell = OperatingSystem.IsWindows() ? null : ProgramSearch.Find("sh");
        Assert.SkipWhen(shell is null, "there is no shell here that the script could run in");
        return LongProcess.StartAsync(shell!, ["-c", script], Environment, "train");
    }
}
