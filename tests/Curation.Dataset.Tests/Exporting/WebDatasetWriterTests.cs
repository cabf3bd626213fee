using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Exporting;

namespace Curation.Dataset.Tests.Exporting;

public sealed class WebDatasetWriterTests
{
    [Fact]
    public async Task Tars_hold_media_row_and_caption_of_every_clip_side_by_side()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.WebDataset);

        foreach (var split in SplitNames.All)
        {
            var entries = Entries(sample.Files()[$"{split}-000000.tar"]);
            var expected = ExportSample.Clips.Where(clip => clip.Split?.ToName() == split).ToDictionary(clip => clip.Id.Value);

            // As WebDataset groups them: the key ends at the first dot, and a sample where the key changes.
            Assert.Equal(entries.Count, expected.Count * 3);
            foreach (var group in entries.Chunk(3))
            {
                var clip = expected[group[0].Entry.Name.Split('.')[0]];
                Assert.Equal([$"{clip.Id}.mp4", $"{clip.Id}.json", $"{clip.Id}.txt"], group.Select(file => file.Entry.Name));
                Assert.Equal(ExportSample.MediaOf(clip), group[0].Content);
                Assert.Equal(clip.Id.Value, JsonDocument.Parse(group[1].Content).RootElement.GetProperty("clip_id").GetString());
                Assert.Equal(clip.Caption ?? "", Encoding.UTF8.GetString(group[2].Content));
                Assert.True(expected.Remove(clip.Id.Value));
            }
        }
    }

    [Fact]
    public async Task Headers_hold_nothing_of_this_machine()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.WebDataset);

        Assert.All(sample.Files().Where(file => file.Key.EndsWith(".tar", StringComparison.Ordinal)).SelectMany(file => Entries(file.Value)), file =>
        {
            var entry = Assert.IsType<UstarTarEntry>(file.Entry);
            Assert.Equal((DateTimeOffset.UnixEpoch, 0, 0, "", ""), (entry.ModificationTime, entry.Uid, entry.Gid, entry.UserName, entry.GroupName));
            Assert.Equal(0b110_100_100, (int)entry.Mode);
        });
    }

    [Fact]
    public async Task Tar_ends_before_the_clip_that_would_take_it_over_the_size()
    {
        using var sample = await ExportSample.MakeAsync();

        // A clip takes three headers of 512 bytes, media and caption of one block each, and its row: more than 4 KiB, less than 9.
        await sample.ExportAsync(ExportFormat.WebDataset, "large", request => request with { ShardBytes = 20_000, Splits = ["sound"] });
        await sample.ExportAsync(ExportFormat.WebDataset, "small", request => request with { ShardBytes = 1, Splits = ["sound"] });

        var large = sample.Files("large").Where(file => file.Key.EndsWith(".tar", StringComparison.Ordinal)).ToList();
        Assert.All(large, file => Assert.True(file.Value.Length <= 20_000 + 1024, $"{file.Key}: {file.Value.Length}"));
        Assert.Equal(
            ["sound-000000.tar", "sound-000001.tar", "sound-000002.tar"],
            sample.Files("small").Keys.Where(name => name.EndsWith(".tar", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(sample.Files("small").Where(file => file.Key.EndsWith(".tar", StringComparison.Ordinal)), file => Assert.Equal(3, Entries(file.Value).Count));
    }

    [Fact]
    public async Task Index_names_every_tar_with_its_clips_size_and_hash()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.WebDataset, with: request => request with { ShardBytes = 1 });

        var files = sample.Files();
        var index = JsonDocument.Parse(files["index.json"]).RootElement;
        var shards = index.GetProperty("shardlist").EnumerateArray().ToList();
        Assert.Equal("wids-shard-index-v1", index.GetProperty("__kind__").GetString());
        Assert.Equal(files.Keys.Where(name => name.EndsWith(".tar", StringComparison.Ordinal)).Order(StringComparer.Ordinal), shards.Select(shard => shard.GetProperty("url").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(shards, shard =>
        {
            var tar = files[shard.GetProperty("url").GetString()!];
            Assert.Equal(1, shard.GetProperty("nsamples").GetInt32());
            Assert.Equal(tar.LongLength, shard.GetProperty("filesize").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(tar)), shard.GetProperty("sha256").GetString());
        });
    }

    private static List<(TarEntry Entry, byte[] Content)> Entries(byte[] tar)
    {
        var entries = new List<(TarEntry, byte[])>();
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add((entry, content.ToArray()));
        }

        return entries;
    }
}
