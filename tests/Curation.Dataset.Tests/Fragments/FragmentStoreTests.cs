using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Fragments;

public sealed class FragmentStoreTests : IDisposable
{
    private readonly SampleDataset _dataset = new();

    private static CancellationToken Cancel => SampleDataset.Cancel;

    public void Dispose() => _dataset.Dispose();

    [Fact]
    public async Task Fragment_reads_back_exactly()
    {
        var outcome = SampleOutcomes.Source(1) with { MediaSeconds = 0.1 + 0.2, AnalysisSeconds = double.Epsilon };

        await _dataset.Fragments.WriteAsync(outcome, Cancel);

        var read = (await _dataset.Fragments.ReadAsync(outcome.FragmentName, Cancel))!;
        Assert.Equal(outcome.Clips.Select(SampleOutcomes.Print), read.Clips.Select(SampleOutcomes.Print));
        Assert.Equal((0.1 + 0.2, double.Epsilon, 1), (read.MediaSeconds, read.AnalysisSeconds, read.DecodePasses));
    }

    [Fact]
    public async Task Quarantined_fragment_reads_back()
    {
        var outcome = SampleOutcomes.Quarantined(1);

        await _dataset.Fragments.WriteAsync(outcome, Cancel);

        Assert.Equal(outcome.Quarantine, (await _dataset.Fragments.ReadAsync(outcome.FragmentName, Cancel))!.Quarantine);
    }

    [Fact]
    public async Task Stamp_reads_back()
    {
        var outcome = SampleOutcomes.Source(1);

        var written = await _dataset.Fragments.SaveAsync(outcome, 123, 456, Cancel);

        var read = (await _dataset.Fragments.FindStampAsync(outcome.SourceUri, Cancel))!;
        Assert.Equal((123L, 456L, outcome.SourceSha256, outcome.FragmentName), (read.SizeBytes!.Value, read.ModifiedTicks!.Value, read.Sha256, read.FragmentName));
        Assert.Equal(written.Summary.RowsSha256, read.Summary.RowsSha256);
        Assert.Equal(4, read.Summary.Retained.Values.Sum());
        Assert.Null(await _dataset.Fragments.FindStampAsync("file:///other", Cancel));
    }

    [Fact]
    public async Task Same_name_written_twice_keeps_the_first()
    {
        var outcome = SampleOutcomes.Source(1);
        var first = await _dataset.Fragments.WriteAsync(outcome, Cancel);

        var second = await _dataset.Fragments.WriteAsync(outcome with { AnalysisSeconds = 99, Clips = [.. outcome.Clips.Skip(1)] }, Cancel);

        Assert.Equal(first.RowsSha256, second.RowsSha256);
        Assert.Equal(6, (await _dataset.Fragments.ReadAsync(outcome.FragmentName, Cancel))!.Clips.Count);
    }

    [Fact]
    public async Task Quarantined_outcome_gives_way_to_a_success()
    {
        var good = SampleOutcomes.Source(1);
        await _dataset.Fragments.WriteAsync(good with { Clips = [], Quarantine = new QuarantineRecord(good.SourceUri, good.SourceSha256, 1, "analyse", "timed out") }, Cancel);

        await _dataset.Fragments.WriteAsync(good, Cancel);

        Assert.Null((await _dataset.Fragments.ReadAsync(good.FragmentName, Cancel))!.Quarantine);
    }

    [Fact]
    public async Task Damaged_fragment_is_an_error_when_read_and_is_replaced_when_written()
    {
        var outcome = SampleOutcomes.Source(1);
        await _dataset.Fragments.WriteAsync(outcome, Cancel);
        var file = Directory.EnumerateFiles(_dataset.Path, "*.json.gz", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Cancel))[..200], Cancel);

        await Assert.ThrowsAsync<DatasetException>(() => _dataset.Fragments.ReadAsync(outcome.FragmentName, Cancel));
        await _dataset.Fragments.WriteAsync(outcome, Cancel);

        Assert.Equal(6, (await _dataset.Fragments.ReadAsync(outcome.FragmentName, Cancel))!.Clips.Count);
    }

    [Fact]
    public async Task Retained_clip_without_split_is_refused()
    {
        var outcome = SampleOutcomes.Source(1);

        await Assert.ThrowsAsync<ArgumentException>(() => _dataset.Fragments.WriteAsync(outcome with { Clips = [outcome.Clips[0] with { Split = null }] }, Cancel));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("ABCDEF0123")]
    [InlineData("ab")]
    public async Task Name_that_is_not_hexadecimal_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _dataset.Fragments.ReadAsync(name, Cancel));
    }

    [Fact]
    public async Task Parallel_saves_of_one_name_agree()
    {
        var outcome = SampleOutcomes.Source(1);

        var summaries = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => _dataset.Fragments.WriteAsync(outcome with { Clips = [.. outcome.Clips.Take(number)] }, Cancel), Cancel)));

        Assert.Single(summaries.Select(summary => summary.RowsSha256).Distinct());
    }
}
