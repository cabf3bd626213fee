using System.Text.Json;
using Azure.Storage.Blobs;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A disk that fills up under a silo pauses the run, which says so and goes on by itself once there is room.</summary>
public sealed class ClusterFullDiskTests(UndisturbedRun undisturbed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Full_disk_of_the_data_set_pauses_a_run_until_there_is_room()
    {
        await undisturbed.ReadyAsync();
        using var folder = new ScratchFolder();
        var output = folder.Folder("small disk");
        using var disk = SmallDisk.Mount(output, "200k");
        await using var silo = await SiloProcess.Start(folder, null).ReadyAsync();

        var runId = await SubmitAsync(silo, [.. undisturbed.Arguments(output)]);
        await AssertPausesAsync(silo, runId);
        disk.Grow("64m");
        await UntilAsync(silo, runId, "done");

        new WrittenDataset(output).AssertSameRows(undisturbed.Dataset);
        new WrittenDataset(output).AssertNothingLeftOver();
    }

    [Fact]
    public async Task Full_scratch_disk_pauses_a_run_until_there_is_room()
    {
        using var folder = new ScratchFolder();
        using var disk = SmallDisk.Mount(folder.Folder("scratch"), "64k");
        await using var azurite = await AzuriteServer.StartAsync();
        var stop = TestContext.Current.CancellationToken;
        var blobs = new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));
        var videos = (await blobs.CreateBlobContainerAsync("videos", cancellationToken: stop)).Value;
        MadeMedia.Moving(folder.File("a.mp4"), 3);
        await using (var content = File.OpenRead(folder.File("a.mp4"))) await videos.UploadBlobAsync("a.mp4", content, stop);
        var environment = new Dictionary<string, string> { ["Curate__Blob__ConnectionString"] = azurite.ConnectionString };
        await using var silo = await SiloProcess.Start(folder, null, environment).ReadyAsync();

        var runId = await SubmitAsync(silo, ["run", "--input", $"azblob://{AzuriteServer.Account}/videos", "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder)]);
        await AssertPausesAsync(silo, runId);
        disk.Grow("64m");

        var done = await UntilAsync(silo, runId, "done");
        Assert.Equal(0, done.GetProperty("run").GetProperty("quarantined").GetInt32());
        Assert.Equal(2, new WrittenDataset(folder.File("out")).Clips().Count);
    }

    private static async Task<string> SubmitAsync(SiloProcess silo, string[] run) =>
        (await CurateProcess.RunAsync([.. run, "--cluster", silo.Gateway, "--detach"])).Ended(0).Output.Trim();

    private static async Task AssertPausesAsync(SiloProcess silo, string runId)
    {
        var paused = await UntilAsync(silo, runId, "paused");
        Assert.Matches("(?i)no space|disk is full", paused.GetProperty("run").GetProperty("error").GetString()!);
        Assert.Equal(0, paused.GetProperty("run").GetProperty("quarantined").GetInt32());
        Assert.Matches("(?is)State.*paused:.*(no space|disk is full)", (await CurateProcess.RunAsync("runs", "show", runId, "--cluster", silo.Gateway)).Ended(0).Output);
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

    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        private SmallDisk(string folder) => _folder = folder;

        public static SmallDisk Mount(string folder, string size)
        {
            Assert.SkipWhen(Tool.Try("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder).ExitCode != 0, "a small disk cannot be mounted here: it takes root and the right to mount");
            return new SmallDisk(folder);
        }

        public void Grow(string size) => Tool.Run("mount", "-o", $"remount,size={size}", _folder);

        public void Dispose() => Tool.Run("umount", "-l", _folder);
    }
}
