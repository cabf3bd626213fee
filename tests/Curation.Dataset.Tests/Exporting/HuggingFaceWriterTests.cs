using System.Security.Cryptography;
using System.Text;
using Curation.Clips;
using Curation.Dataset.Exporting;

namespace Curation.Dataset.Tests.Exporting;

public sealed class HuggingFaceWriterTests
{
    [Fact]
    public async Task Parquet_files_are_the_shards_byte_for_byte_under_names_with_number_and_count()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.HuggingFace);
        var files = sample.Files();

        foreach (var split in SplitNames.All)
        {
            var shards = sample.Manifest.Shards.Where(shard => shard.Split == split).Select(shard => shard.Sha256);
            var names = Enumerable.Range(0, 3).Select(index => $"data/{split}-0000{index}-of-00003.parquet");
            Assert.Equal(shards, names.Select(name => Convert.ToHexStringLower(SHA256.HashData(files[name]))));
        }
    }

    [Fact]
    public async Task Media_and_stills_lie_where_the_rows_say()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.HuggingFace);

        Assert.All(ExportSample.Clips, clip => Assert.Equal(ExportSample.MediaOf(clip), sample.Files()[clip.MediaPath!]));
    }

    [Fact]
    public async Task Card_names_the_files_of_every_split()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.HuggingFace, with: request => request with { Splits = ["singing", "sound"] });

        var card = Card(sample);

        Assert.StartsWith("---\n", card, StringComparison.Ordinal);
        Assert.Contains(
            """
            configs:
            - config_name: default
              data_files:
              - split: singing
                path: data/singing-*.parquet
              - split: sound
                path: data/sound-*.parquet
            dataset_info:

            """,
            card,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - name: clip_id\n    dtype: string\n")]
    [InlineData("  - name: start_s\n    dtype: float64\n")]
    [InlineData("  - name: width\n    dtype: int32\n")]
    [InlineData("  - name: snr_db\n    dtype: float64\n")]
    [InlineData("  - name: words\n    list:\n    - name: text\n      dtype: string\n    - name: start_s\n      dtype: float64\n    - name: end_s\n      dtype: float64\n    - name: speaker\n      dtype: string\n  - name: annotations\n")]
    public async Task Card_gives_every_column_its_type(string feature)
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.HuggingFace);

        Assert.Contains(feature, Card(sample), StringComparison.Ordinal);
    }

    private static string Card(ExportSample sample) => Encoding.UTF8.GetString(sample.Files()["README.md"]);
}
