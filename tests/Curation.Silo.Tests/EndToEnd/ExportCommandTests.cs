using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate export</c> on the data set of the quickstart, as other programs see what it writes.</summary>
public sealed class ExportCommandTests(QuickstartFixture quickstart)
{
    [Fact]
    public async Task Tars_hold_every_triplet_with_its_media_and_row()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();

        var result = (await CurateProcess.RunAsync("export", "--dataset", quickstart.Dataset.Root, "--format", "webdataset", "--output", folder.File("tars"), "--json")).Ended(0);

        var rows = quickstart.Dataset.Rows("triplets");
        Assert.Equal(rows.Count, result.Json.GetProperty("clips").GetInt32());
        var files = Directory.EnumerateFiles(folder.File("tars"), "*.tar").SelectMany(Entries).ToDictionary(entry => entry.Name, entry => entry.Content);
        Assert.Equal(rows.Count * 3, files.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal(row["media_sha256"], Convert.ToHexStringLower(SHA256.HashData(files[$"{row["clip_id"]}.mp4"])));
            Assert.Equal(row["caption"], System.Text.Encoding.UTF8.GetString(files[$"{row["clip_id"]}.txt"]));
            var json = JsonDocument.Parse(files[$"{row["clip_id"]}.json"]).RootElement;
            Assert.Equal(row.Keys, json.EnumerateObject().Select(member => member.Name));
            Assert.Equal(row["loudness_lufs"], json.GetProperty("loudness_lufs").GetDouble());
        });
    }

    [Fact]
    public async Task Folder_for_Hugging_Face_holds_the_rows_of_the_data_set_and_the_media_they_name()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();

        (await CurateProcess.RunAsync("export", "-d", quickstart.Dataset.Root, "-f", "hf", "-o", folder.File("hf"))).Ended(0);

        var files = string.Join(", ", Directory.EnumerateFiles(folder.File("hf", "data")).Select(file => $"'{file}'"));
        var rows = WrittenDataset.Query($"SELECT * FROM read_parquet([{files}])");
        Assert.Equal(quickstart.Dataset.Rows("triplets").Select(row => row["clip_id"]).Order(), rows.Select(row => row["clip_id"]).Order());
        Assert.All(rows, row => Assert.Equal(row["media_sha256"], WrittenDataset.Sha256(folder.File("hf", (string)row["media_path"]!))));
        Assert.All(rows, row => Assert.True(File.Exists(folder.File("hf", (string)row["poster_path"]!))));
    }

    [Fact]
    public async Task All_faults_of_a_command_are_told_at_once()
    {
        using var folder = new ScratchFolder();

        var result = (await CurateProcess.RunAsync("export", "--dataset", folder.Folder("empty"), "--format", "jsonl", "--output", "azblob://account/container/x", "--split", "sound,musik", "--shard-size", "0")).Ended(2);

        Assert.All(["dataset.json", "azblob://", "musik", "--shard-size 0"], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Place_inside_the_data_set_is_refused_through_a_link_too()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        Directory.CreateSymbolicLink(folder.File("link"), quickstart.Dataset.Root);

        var result = (await CurateProcess.RunAsync("export", "--dataset", quickstart.Dataset.Root, "--format", "jsonl", "--output", folder.File("link", "export"))).Ended(2);

        Assert.Contains("inside the data set", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(quickstart.Dataset.FullPath("export")));
    }

    [Fact]
    public async Task Nothing_retained_ends_with_4_and_says_why()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(folder.File("a.mp4"), 1);
        (await CurateProcess.RunAsync("run", "--input", folder.File("a.mp4"), "--output", folder.File("data"), "--policy", MadeMedia.WriteRejectAll(folder))).Ended(4);

        var result = (await CurateProcess.RunAsync("export", "--dataset", folder.File("data"), "--format", "webdataset", "--output", folder.File("tars"))).Ended(4);

        Assert.Contains("NOTHING WAS EXPORTED", result.Errors, StringComparison.Ordinal);
        Assert.Contains("1 rejected", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("tars")));
    }

    private static IEnumerable<(string Name, byte[] Content)> Entries(string tar)
    {
        using var reader = new TarReader(File.OpenRead(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            yield return (entry.Name, content.ToArray());
        }
    }
}
