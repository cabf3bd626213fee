namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Exit codes, and what a newcomer reads who got the command wrong.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task All_faults_of_a_command_are_told_at_once()
    {
        using var folder = new ScratchFolder();
        var policy = folder.File("bad.yaml");
        await File.WriteAllTextAsync(policy, "name: bad\nclip: { min_seconds: 2, max_seconds: 1 }\nlimits:\n  shrt_side_px: { min: 480 }\n", TestContext.Current.CancellationToken);
        var file = folder.File("a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("run", "--input", folder.File("nowhere"), "--output", file, "--policy", policy, "--parallelism", "0", "--limit", "0")).Ended(2);

        Assert.All(["--input", "--output", "--parallelism 0", "--limit 0", "short_side_px"], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
        Assert.Contains("Nothing was started", result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Policy_faults_name_the_file_and_the_line()
    {
        using var folder = new ScratchFolder();
        var policy = folder.File("bad.yaml");
        await File.WriteAllTextAsync(policy, "name: bad\nclip: { min_seconds: 1, max_seconds: 2 }\nlimits:\n  shrt_side_px: { min: 480 }\n", TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("run", "--input", policy, "--output", folder.File("out"), "--policy", policy)).Ended(2);

        Assert.Contains("bad.yaml:4", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PolicyError {", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--input", "x", "--output", "y", "--outputt", "z")]
    [InlineData("run", "--input", "x", "--output", "y", "--parallelism", "two")]
    [InlineData("run", "--output", "y")]
    [InlineData("walk")]
    public async Task Wrong_command_line_ends_with_2(params string[] arguments)
    {
        var result = (await CurateProcess.RunAsync(arguments)).Ended(2);

        Assert.Contains("Nothing was started", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "out")]
    [InlineData("in", "")]
    [InlineData(" ", "out")]
    public async Task Empty_path_is_told_not_thrown(string input, string output)
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 0.5);

        var result = (await CurateProcess.RunInAsync(folder.Path, "run", "--input", input, "--output", output, "--policy", "demo")).Ended(2);

        Assert.DoesNotContain("   at ", result.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("quickstart", "--help")]
    public async Task Help_shows_an_example(params string[] arguments)
    {
        var result = (await CurateProcess.RunAsync(arguments)).Ended(0);

        Assert.Contains("curate run --input", arguments is ["quickstart", ..] ? "curate run --input" : result.Output, StringComparison.Ordinal);
        Assert.Contains("curate quickstart", arguments is ["run", ..] ? "curate quickstart" : result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_videos_ends_with_2_and_leaves_nothing()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Folder("in"), "notes.txt"), "no video", TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", "demo")).Ended(2);

        Assert.Contains("no video files", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public async Task Nothing_retained_ends_with_4_and_is_never_silent()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(folder.File("a.mp4"), 1);
        string[] arguments = ["run", "--input", folder.File("a.mp4"), "--output", folder.File("out"), "--policy", MadeMedia.WriteRejectAll(folder)];

        var told = (await CurateProcess.RunAsync(arguments)).Ended(4);
        var read = (await CurateProcess.RunAsync([.. arguments, "--json"])).Ended(4);

        Assert.Contains("NOTHING WAS RETAINED", told.Output, StringComparison.Ordinal);
        Assert.Contains("short_side_px", told.Output, StringComparison.Ordinal);
        Assert.Equal(0, read.Json.GetProperty("retained").GetInt32());
        Assert.Contains("NOTHING WAS RETAINED", read.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_inside_the_input_is_refused_through_a_link_too()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 0.5);
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("in"));

        (await CurateProcess.RunInAsync(folder.Path, "run", "--input", "in", "--output", "in/out", "--policy", "demo")).Ended(2);
        (await CurateProcess.RunInAsync(folder.Path, "run", "--input", "link", "--output", "in/out", "--policy", "demo")).Ended(2);
    }

    [Fact]
    public async Task Relative_paths_and_file_addresses_are_understood()
    {
        using var folder = new ScratchFolder();
        var policy = Path.GetFileName(MadeMedia.WriteKeepAll(folder));
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 1);

        var first = (await CurateProcess.RunInAsync(folder.Path, "run", "--input", "./in/../in/", "--output", "out", "--policy", policy, "--json")).Ended(0);
        var address = Pipeline.Sources.SourceUri.FromPath(folder.File("in", "a.mp4"));
        var second = (await CurateProcess.RunInAsync(folder.Path, "run", "--input", address, "--output", "out", "--policy", policy, "--json")).Ended(0);

        Assert.Equal(folder.File("out"), first.Json.GetProperty("dataset").GetString());
        Assert.Equal(0, second.Json.GetProperty("decode_passes").GetInt32());
    }
}
