using System.Globalization;
using System.Text.Json;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>One data set is written by one run at a time, whether the runs are of one process or of a cluster, and whoever of them dies.</summary>
public sealed class OutputInUseTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_of_a_cluster_keeps_others_off_its_folder_and_waits_for_one_that_came_while_it_was_dead()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "0.mp4"), 20, 1, "-g", "25");
        MadeMedia.WriteKeepAll(folder);
        string runId;
        await using (var silo = await SiloProcess.Start(folder, null).ReadyAsync())
        {
            runId = (await CurateProcess.RunAsync([.. Run(folder), "--cluster", silo.Gateway, "--detach"])).Ended(0).Output.Trim();
            Assert.True(await Tool.UntilAsync(() => Decoders(folder) > 0, Limit), silo.Said);
            Tool.Run("kill", "-STOP", silo.Id.ToString(CultureInfo.InvariantCulture));

            // Its silo is stopped, not dead: the folder is its run's.
            AssertRefused((await CurateProcess.RunAsync(Run(folder))).Ended(2), runId, $"process {silo.Id}");
            Tool.Run("kill", "-CONT", silo.Id.ToString(CultureInfo.InvariantCulture));
            AssertRefused((await CurateProcess.RunAsync([.. Run(folder), "--cluster", silo.Gateway])).Ended(2), runId, $"curate runs cancel {runId}");
            silo.Kill();
            await silo.ExitAsync();
        }

        // The dead keep nothing; who comes next has the folder, and the run that is taken up waits.
        await using var alone = CurateProcess.Start(null, null, Run(folder));
        Assert.True(await Tool.UntilAsync(() => alone.HasExited || Writer(folder).Contains($"process {alone.Id} ", StringComparison.Ordinal), Limit), alone.Said);
        Tool.Run("kill", "-STOP", alone.Id.ToString(CultureInfo.InvariantCulture));
        await using var later = await SiloProcess.Start(folder, null).ReadyAsync();
        var waiting = await UntilAsync(later, runId, "paused");
        Assert.Contains($"process {alone.Id}", waiting.GetProperty("run").GetProperty("error").GetString(), StringComparison.Ordinal);
        AssertRefused((await CurateProcess.RunAsync([.. Run(folder), "--cluster", later.Gateway])).Ended(2), runId);

        Tool.Run("kill", "-CONT", alone.Id.ToString(CultureInfo.InvariantCulture));
        (await alone.ExitAsync()).Ended(0);
        var done = await UntilAsync(later, runId, "done");

        Assert.Equal(1, done.GetProperty("run").GetProperty("sources").GetInt32());
        new WrittenDataset(folder.File("out")).AssertNothingLeftOver();
    }

    private static string[] Run(ScratchFolder folder) =>
        ["run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", folder.File("keep-all.yaml")];

    private static void AssertRefused(CurateResult result, params string[] named)
    {
        Assert.All(named, part => Assert.Contains(part, result.Errors, StringComparison.Ordinal));
        Assert.Contains("is writing this data set", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was started", result.Errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> UntilAsync(SiloProcess silo, string runId, string state)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var shown = (await CurateProcess.RunAsync("runs", "show", runId, "--cluster", silo.Gateway, "--json")).Ended(0).Json;
            if (shown.GetProperty("run").GetProperty("state").GetString() == state) return shown;

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"the run never was {state}: {shown}\n{silo.Said}");
        }
    }

    private static string Writer(ScratchFolder folder) => File.Exists(folder.File("out", ".curate.writer")) ? File.ReadAllText(folder.File("out", ".curate.writer")) : "";

    private static int Decoders(ScratchFolder folder) => Tool.Running("ffmpeg", folder.File("in")).Count;
}
