namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Section <c>Curate:Models</c>, for a silo, for a run in one process and for the commands about models.</summary>
public sealed class ModelSettingsTests
{
    [Fact]
    public async Task All_faults_of_the_section_are_told_at_once()
    {
        var result = (await CurateProcess.RunAsync(
            "silo", "--Curate:Models:Device:Provider=gpu", "--Curate:Models:Device:Threads=-1", "--Curate:Models:Device:Prots=1", "--Curate:Models:Batch:MaxSize=0",
            "--Curate:Models:SlotDevices:nosuch:Threads=1", "--Curate:Models:Folder=/models", "--Curate:Models:SlotBatches=8")).Ended(2);

        Assert.All(
            ["Curate:Models:Device:Provider: is 'gpu'; valid are: cpu, cuda, tensorrt", "Curate:Models:Device:Threads", "Curate:Models:Device:Prots", "Curate:Models:Batch:MaxSize", "'nosuch'", "Curate:Models:Folder: is not known",
                "Curate:Models:SlotBatches: is '8', but it is a section", "Nothing was started"],
            fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("run", "--input", "a", "--output", "b")]
    [InlineData("models", "list")]
    public async Task Gpu_is_refused_by_a_build_without_it(params string[] arguments)
    {
        await using var process = CurateProcess.Start(null, new Dictionary<string, string> { ["Curate__Models__SlotDevices__mos__Provider"] = "cuda" }, arguments);
        var result = await process.ExitAsync();
        Assert.SkipWhen(result.ExitCode == 0, "this build has CUDA");

        result.Ended(2);
        Assert.Contains("Curate:Models:SlotDevices:mos:Provider: is cuda, but this build", result.Errors, StringComparison.Ordinal);
        Assert.Contains("-p:OnnxGpu=true", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_in_one_process_takes_what_is_right()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 1);
        var environment = new Dictionary<string, string> { ["Curate__Models__Device__Threads"] = "1", ["Curate__Models__SlotBatches__vad__MaxSize"] = "2", ["Curate__Models__Batch__MaxDelayMilliseconds"] = "5" };

        await using var run = CurateProcess.Start(
            null, environment, "run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder), "--models", folder.Folder("models"), "--json");

        Assert.Equal(1, (await run.ExitAsync()).Ended(0).Json.GetProperty("sources").GetInt32());
    }
}
