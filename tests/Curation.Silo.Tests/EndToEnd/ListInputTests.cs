using System.Globalization;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Lists as inputs, and files that may not be read.</summary>
public sealed class ListInputTests
{
    [Fact]
    public async Task List_lines_that_escape_or_miss_are_quarantined_and_the_rest_is_done()
    {
        using var folder = new ScratchFolder();
        var media = folder.Folder("media");
        MadeMedia.Moving(Path.Combine(media, "good.mp4"), 1);
        MadeMedia.Moving(folder.File("outside.mp4"), 1, 2);
        await File.WriteAllLinesAsync(
            Path.Combine(media, "list.jsonl"),
            ["""{"path": "good.mp4", "licence": "CC-BY-4.0", "rights": "someone"}""", """{"path": "../outside.mp4"}""", """{"path": "missing.mp4"}""", "{ broken", """{"path": 5}"""],
            TestContext.Current.CancellationToken);

        (await CurateProcess.RunAsync("run", "--input", Path.Combine(media, "list.jsonl"), "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder))).Ended(3);

        var dataset = new WrittenDataset(folder.File("out"));
        var row = Assert.Single(dataset.Rows("triplets"));
        Assert.Equal(("CC-BY-4.0", "someone"), ((string?)row["licence"], (string?)row["rights"]));
        var reasons = dataset.Rows("quarantine").Select(quarantined => (string)quarantined["reason"]!).ToList();
        Assert.Equal(4, reasons.Count);
        Assert.Contains(reasons, reason => reason.Contains("leaves the list's folder", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("no such file", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("not valid JSON", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("not text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unreadable_file_is_quarantined_in_words_and_tried_again()
    {
        using var folder = new ScratchFolder();
        var input = folder.Folder("in");
        MadeMedia.Moving(Path.Combine(input, "good.mp4"), 1);
        MadeMedia.Moving(Path.Combine(input, "secret.mp4"), 1, 2);
        Tool.Run("chmod", "000", Path.Combine(input, "secret.mp4"));
        string[] arguments = ["run", "--input", input, "--output", folder.File("out"), "--policy", MadeMedia.WriteKeepAll(folder)];

        (await RunWithoutPrivilegesAsync(folder, arguments)).Ended(3);

        var dataset = new WrittenDataset(folder.File("out"));
        var row = Assert.Single(dataset.Rows("quarantine"));
        Assert.Equal("open", row["stage"]);
        Assert.Contains("permission", (string)row["reason"]!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("xception", (string)row["reason"]!, StringComparison.Ordinal);

        Tool.Run("chmod", "444", Path.Combine(input, "secret.mp4"));
        (await RunWithoutPrivilegesAsync(folder, arguments)).Ended(0);
        Assert.Equal(2, dataset.Rows("triplets").Count);
    }

    // Root reads everything, so root runs it as nobody.
    private static async Task<CurateResult> RunWithoutPrivilegesAsync(ScratchFolder folder, string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess) return await CurateProcess.RunAsync(arguments);

        const string Nobody = "65534";
        Assert.SkipWhen(Tool.Try("setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "dotnet", CurateProcess.Dll, "--version").ExitCode != 0, "root reads everything, and this machine's root cannot run curate as nobody");
        var temporary = folder.Folder("tmp" + Environment.TickCount64.ToString(CultureInfo.InvariantCulture));
        Tool.Run("chown", "-R", Nobody, folder.Path);
        await using var process = CurateProcess.StartCommand(
            ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "dotnet", CurateProcess.Dll, .. arguments],
            environment: new Dictionary<string, string> { ["HOME"] = folder.Path, ["TMPDIR"] = temporary });
        return await process.ExitAsync();
    }
}
