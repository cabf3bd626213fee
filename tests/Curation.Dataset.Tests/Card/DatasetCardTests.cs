using Curation.Clips.Measuring;

namespace Curation.Dataset.Tests.Card;

public sealed class DatasetCardTests
{
    [Fact]
    public async Task Card_tells_columns_funnel_policy_models_and_what_was_not_measured()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Quarantined(1));
        var manifest = (await dataset.CommitAsync()).Manifest;

        var card = await File.ReadAllTextAsync(Path.Combine(dataset.Path, "README.md"), SampleDataset.Cancel);

        Assert.StartsWith("---\n", card, StringComparison.Ordinal);
        Assert.Contains("  - split: singing\n    path: triplets/split=singing/*.parquet\n", card, StringComparison.Ordinal);
        Assert.All(MeasurementCatalog.All, definition => Assert.Contains($"| `{definition.Name}` |", card, StringComparison.Ordinal));
        Assert.Contains("| `aesthetic` | 6 of 6 | model slot `aesthetic` |", card, StringComparison.Ordinal);
        Assert.Contains("| `snr_db` | 1 |", card, StringComparison.Ordinal);
        Assert.Contains("| of them quarantined (could not be processed) | 1 | |", card, StringComparison.Ordinal);
        Assert.Contains($"SHA-256 `{SampleOutcomes.PolicySha256}`", card, StringComparison.Ordinal);
        Assert.Contains("| `asr` | whisper-large-v3 | 1 | remote |", card, StringComparison.Ordinal);
        Assert.Contains(manifest.Id, card, StringComparison.Ordinal);
        Assert.Contains("read_parquet('triplets/**/*.parquet'", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Split_without_clips_is_not_in_the_front_matter()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1, retained: 1));
        await dataset.CommitAsync();

        var card = await File.ReadAllTextAsync(Path.Combine(dataset.Path, "README.md"), SampleDataset.Cancel);

        Assert.Contains("- split: sound\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("- split: singing\n", card, StringComparison.Ordinal);
    }
}
