using Curation.Clips;
using Curation.Dataset.Deduplicating;
using Curation.Filters.Duplicates;
using Curation.Pipeline.Deduplicating;

namespace Curation.Pipeline.Tests.Deduplicating;

public sealed class DeduplicatorTests
{
    [Fact]
    public void Lesser_copy_is_ranked_behind_the_best_one()
    {
        var plan = Plan(new DedupOptions(), Clip(1, 1, 1), Clip(2, 1, 1) with { ShortSide = 1080 }, Clip(3, 1, 1) with { ShortSide = 360 });

        var group = Assert.Single(plan.Groups);
        Assert.Equal((Id(2), true), (group.Best.Id, group.Dropped));
        Assert.Equal(new DuplicateFinding(1, Id(2).Value, "same", null), plan.Findings[Id(1)]);
        Assert.Equal(new DuplicateFinding(2, Id(2).Value, "same", null), plan.Findings[Id(3)]);
        Assert.Equal((true, 2, 10.0), (plan.Changes, plan.Dropped, plan.DroppedSeconds));
    }

    [Theory]
    [InlineData(false, false, 0, 0)]
    [InlineData(true, false, 1, 0)]
    [InlineData(false, true, 0, 1)]
    [InlineData(true, true, 1, 1)]
    public void Half_copies_go_only_where_that_is_asked_for(bool pictures, bool sounds, int pictureRank, int soundRank)
    {
        var plan = Plan(new DedupOptions { DropSamePicture = pictures, DropSameSound = sounds }, Clip(1, sound: 1, picture: 1), Clip(2, sound: 2, picture: 1), Clip(3, sound: 1, picture: 3));

        Assert.Equal(new DuplicateFinding(pictureRank, Id(1).Value, "same_picture", null), plan.Findings[Id(2)]);
        Assert.Equal(new DuplicateFinding(soundRank, Id(1).Value, "same_sound", null), plan.Findings[Id(3)]);
    }

    [Fact]
    public void What_was_found_already_changes_nothing()
    {
        var first = Plan(new DedupOptions(), Clip(1, 1, 1), Clip(2, 1, 1), Clip(3, 3, 3));

        var again = Plan(
            new DedupOptions(),
            Clip(1, 1, 1) with { Finding = DuplicateFinding.None },
            Clip(2, 1, 1) with { Finding = first.Findings[Id(2)], Stands = ClipOutcome.Rejected },
            Clip(3, 3, 3) with { Finding = DuplicateFinding.None });

        Assert.False(again.Changes);
        Assert.Equal(first.Findings, again.Findings);
    }

    [Fact]
    public void Copy_that_a_policy_let_in_again_is_a_change()
    {
        var finding = new DuplicateFinding(1, Id(1).Value, "same", null);

        Assert.True(Plan(new DedupOptions(), Clip(1, 1, 1) with { Finding = DuplicateFinding.None }, Clip(2, 1, 1) with { Finding = finding }).Changes);
    }

    [Fact]
    public void Clip_that_other_limits_reject_puts_nobody_out()
    {
        var plan = Plan(new DedupOptions(), Clip(1, 1, 1) with { Outcome = ClipOutcome.Rejected, Stands = ClipOutcome.Rejected, ShortSide = 2160 }, Clip(2, 1, 1));

        Assert.Empty(plan.Groups);
        Assert.Equal((1, 1), (plan.Rejected, plan.Compared));
        Assert.Null(plan.Findings[Id(1)].Rank);
        Assert.False(plan.Findings.ContainsKey(Id(2)));
    }

    [Fact]
    public void Clip_without_anything_to_be_told_by_is_not_compared()
    {
        var plan = Plan(new DedupOptions(), Clip(1, 1, 1), Clip(2, 1, 1) with { PictureSignature = null, SoundSignature = null }, Clip(3, 1, 1) with { PictureSignature = null, SoundSignature = null });

        Assert.Empty(plan.Groups);
        Assert.Equal((1, 2), (plan.Compared, plan.Featureless));
    }

    [Fact]
    public void Signature_of_another_version_is_not_compared_and_counted()
    {
        var plan = Plan(new DedupOptions(), Clip(1, 1, 1), Clip(2, 1, 1) with { SoundSignature = "sound-band-signs/0:AAAA" }, Clip(3, 1, 1) with { IsSigned = false });

        Assert.Equal((1, 2), (plan.Compared, plan.WithoutSignatures));
        Assert.Contains("run 'curate run'", plan.Findings[Id(3)].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_set_without_any_signature_is_refused()
    {
        var error = Assert.Throws<DedupRefusedException>(() => Plan(new DedupOptions(), Clip(1, 1, 1) with { IsSigned = false }));

        Assert.Contains("'curate run'", error.Message, StringComparison.Ordinal);
    }

    private static DedupPlan Plan(DedupOptions options, params SignedClip[] clips)
    {
        var search = new Deduplicator(options, 1);
        foreach (var clip in clips) search.Add(clip);
        return search.Plan(null, TestContext.Current.CancellationToken);
    }

    private static ClipId Id(int number) => new(number.ToString("x32", null));

    // Each of a source of its own; the same numbers are the same sound and the same pictures.
    private static SignedClip Clip(int number, int sound, int picture)
    {
        var (words, hashes) = (new Random(sound), new Random(-picture));
        return new SignedClip(
            Id(number),
            $"file:///{number}.mp4",
            $"{number:x64}",
            0,
            5,
            ClipOutcome.Retained,
            ClipOutcome.Retained,
            720,
            null,
            null,
            true,
            new PictureSignature([.. Enumerable.Range(0, 10).Select(_ => new PictureHash((ulong)hashes.NextInt64() | 1, (ulong)hashes.NextInt64() | 1))]).ToText(),
            new SoundSignature([.. Enumerable.Range(0, 100).Select(_ => (uint)words.NextInt64(1, uint.MaxValue))]).ToText(),
            DuplicateFinding.NotCompared("'curate dedup' has not compared the clip with the others"));
    }
}
