using Curation.Clips;

namespace Curation.Dataset.Tests.Snapshots;

/// <summary>A late answer is two writes: the fragment, then the stamp. Here a run died between them.</summary>
public sealed class SnapshotWriterLateAnswerTests
{
    private const string Late = "What the endpoint said later.";

    [Fact]
    public async Task Fragment_whose_stamp_lags_behind_gives_its_new_rows_and_the_stamp_is_mended()
    {
        using var dataset = new SampleDataset();
        var waiting = Waiting(SampleOutcomes.Source(1));
        await dataset.AddAsync(waiting, SampleOutcomes.Source(2));
        var before = await dataset.CommitAsync();
        await dataset.Fragments.WriteAsync(Answered(waiting), SampleDataset.Cancel);

        var after = await dataset.CommitAsync();

        Assert.True(after.Changed);
        Assert.DoesNotContain(await dataset.ReadClipsAsync(before.Manifest), clip => clip.Caption == Late);
        Assert.Equal(waiting.Clips[0].Id, Assert.Single(await dataset.ReadClipsAsync(after.Manifest), clip => clip.Caption == Late).Id);
        Assert.Equal((12L, 8L), (after.Manifest.Funnel.Clips, after.Manifest.Funnel.Retained));
        Assert.Equal(0, (await dataset.Fragments.FindStampAsync(waiting.SourceUri, SampleDataset.Cancel))!.Summary.Pending);
        Assert.False((await dataset.CommitAsync()).Changed);
    }

    [Fact]
    public async Task Copy_whose_stamp_nobody_touched_gives_the_answer_that_its_twin_got()
    {
        using var dataset = new SampleDataset();
        var first = Waiting(SampleOutcomes.Source(1, contentOf: "same"));
        var twin = Waiting(SampleOutcomes.Source(2, contentOf: "same"));
        await dataset.AddAsync(first, twin);
        await dataset.CommitAsync();

        // The twin's run got the answer and died before its own stamp; the first source's stamp counts in the snapshot.
        await dataset.Fragments.WriteAsync(Answered(twin), SampleDataset.Cancel);
        var after = await dataset.CommitAsync();

        var clip = Assert.Single(await dataset.ReadClipsAsync(after.Manifest), clip => clip.Caption == Late);
        Assert.Equal(first.SourceUri, clip.SourceUri);
        Assert.Equal(1, after.Manifest.Funnel.Duplicates);
        foreach (var uri in new[] { first.SourceUri, twin.SourceUri })
        {
            Assert.Equal(0, (await dataset.Fragments.FindStampAsync(uri, SampleDataset.Cancel))!.Summary.Pending);
        }
    }

    [Fact]
    public async Task Waiting_rows_are_in_the_snapshot_until_the_answer_comes()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(Waiting(SampleOutcomes.Source(1)));

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Equal(4, (await dataset.ReadClipsAsync(manifest, ClipOutcome.Retained)).Count);
    }

    private static SourceOutcome Waiting(SourceOutcome outcome) => outcome with { Clips = [outcome.Clips[0] with { Pending = "caption.omni: no answer" }, .. outcome.Clips.Skip(1)] };

    private static SourceOutcome Answered(SourceOutcome outcome) => outcome with { Clips = [outcome.Clips[0] with { Pending = null, Caption = Late }, .. outcome.Clips.Skip(1)] };
}
