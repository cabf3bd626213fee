using Curation.Dataset.Exporting;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Exporting;

public sealed class DatasetExporterTests
{
    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Same_snapshot_gives_the_same_bytes(ExportFormat format)
    {
        using var sample = await ExportSample.MakeAsync();

        await sample.ExportAsync(format, "one");
        await sample.ExportAsync(format, "two");

        var (one, two) = (sample.Files("one"), sample.Files("two"));
        Assert.Equal(one.Keys.Order(StringComparer.Ordinal), two.Keys.Order(StringComparer.Ordinal));
        Assert.All(one, file => Assert.Equal(file.Value, two[file.Key]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Result_and_header_count_what_is_there(ExportFormat format)
    {
        using var sample = await ExportSample.MakeAsync();

        var result = await sample.ExportAsync(format);

        // Three sources with four clips of 9 s, one a split.
        var files = sample.Files();
        Assert.Equal((12, 12 * 9 / 3600.0), (result.Clips, Math.Round(result.Hours, 9)));
        Assert.Equal([("single_speech", 3), ("multi_speech", 3), ("singing", 3), ("sound", 3)], result.BySplit.Select(split => (split.Key, split.Value)));
        Assert.Equal((files.Count, files.Values.Sum(file => file.LongLength)), (result.Files, result.Bytes));
        var header = System.Text.Json.JsonDocument.Parse(files["export.json"]).RootElement;
        Assert.Equal((12, sample.Manifest.Id), (header.GetProperty("clips").GetInt32(), header.GetProperty("snapshot").GetString()));
        Assert.Equal(sample.Dataset.Path, header.GetProperty("dataset").GetString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Missing_media_ends_the_export_with_its_name_and_leaves_nothing(ExportFormat format)
    {
        using var sample = await ExportSample.MakeAsync();
        var gone = ExportSample.Clips[5];
        await sample.Dataset.Store.DeleteAsync(gone.MediaPath!, SampleDataset.Cancel);

        var error = await Assert.ThrowsAsync<DatasetException>(() => sample.ExportAsync(format));

        Assert.Contains(gone.MediaPath!, error.Message, StringComparison.Ordinal);
        Assert.Contains(gone.Id.Value, error.Message, StringComparison.Ordinal);
        Assert.Empty(sample.Outputs());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Changed_media_ends_the_export_with_its_name_and_leaves_nothing(ExportFormat format)
    {
        using var sample = await ExportSample.MakeAsync();
        var changed = ExportSample.Clips[5];
        var bytes = ExportSample.MediaOf(changed);
        bytes[7] ^= 1;
        await sample.Dataset.Store.PutAsync(changed.MediaPath!, bytes, SampleDataset.Cancel);

        var error = await Assert.ThrowsAsync<DatasetException>(() => sample.ExportAsync(format));

        Assert.Contains(changed.MediaPath!, error.Message, StringComparison.Ordinal);
        Assert.Contains(changed.MediaSha256!, error.Message, StringComparison.Ordinal);
        Assert.Empty(sample.Outputs());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Damaged_shard_ends_the_export_with_its_name_before_its_rows_are_believed(ExportFormat format)
    {
        using var sample = await ExportSample.MakeAsync();
        var shard = sample.Manifest.Shards[1].Path;
        var file = sample.Dataset.Store.FullPath(shard);
        var bytes = await File.ReadAllBytesAsync(file, SampleDataset.Cancel);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, SampleDataset.Cancel);

        var error = await Assert.ThrowsAsync<DatasetException>(() => sample.ExportAsync(format));

        Assert.Contains(shard, error.Message, StringComparison.Ordinal);
        Assert.Empty(sample.Outputs());
    }

    [Fact]
    public async Task Only_the_splits_that_were_asked_for_are_exported()
    {
        using var sample = await ExportSample.MakeAsync();

        var result = await sample.ExportAsync(ExportFormat.WebDataset, with: request => request with { Splits = ["sound", "singing"] });

        Assert.Equal(["singing", "sound"], result.BySplit.Keys);
        Assert.Equal(["export.json", "index.json", "singing-000000.tar", "sound-000000.tar"], sample.Files().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Damage_in_a_split_that_was_not_asked_for_is_nobodys_concern()
    {
        using var sample = await ExportSample.MakeAsync();
        foreach (var clip in ExportSample.Clips.Where(clip => clip.Split != Clips.Split.Sound)) await sample.Dataset.Store.DeleteAsync(clip.MediaPath!, SampleDataset.Cancel);

        Assert.Equal(3, (await sample.ExportAsync(ExportFormat.HuggingFace, with: request => request with { Splits = ["sound"] })).Clips);
    }

    [Fact]
    public async Task Nothing_retained_writes_nothing()
    {
        using var sample = await ExportSample.MakeAsync(isRetained: false);

        Assert.Equal(0, (await sample.ExportAsync(ExportFormat.Jsonl)).Clips);
        Assert.Empty(sample.Outputs());
    }

    [Fact]
    public async Task Unknown_split_is_refused_with_its_name()
    {
        using var sample = await ExportSample.MakeAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => sample.ExportAsync(ExportFormat.Jsonl, with: request => request with { Splits = ["sound", "musik"] }));

        Assert.Contains("musik", error.Message, StringComparison.Ordinal);
        Assert.Empty(sample.Outputs());
    }

    [Fact]
    public async Task Export_lies_under_a_name_that_says_it_is_not_finished_until_it_is()
    {
        using var sample = await ExportSample.MakeAsync();
        var seen = new SortedSet<string>(StringComparer.Ordinal);

        await sample.ExportAsync(ExportFormat.WebDataset, progress: new Watch(() => seen.UnionWith(sample.Outputs())));

        Assert.Equal(["export.partial"], seen);
        Assert.Equal(["export"], sample.Outputs());
    }

    private sealed class Watch(Action look) : IProgress<long>
    {
        public void Report(long value) => look();
    }
}
