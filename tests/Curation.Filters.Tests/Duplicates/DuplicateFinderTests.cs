using Curation.Filters.Duplicates;
using static Curation.Filters.Tests.Duplicates.MadeSignatures;

namespace Curation.Filters.Tests.Duplicates;

public sealed class DuplicateFinderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Copies_among_many_clips_are_found_and_no_others()
    {
        const int Clips = 3000, Copies = 100;
        var table = new SignatureTable();
        for (var clip = 0; clip < Clips; clip++) table.Add(Sound(clip), Pictures(clip), clip);
        for (var copy = 0; copy < Copies; copy++) table.Add(Sound(copy * 7, flipped: 0.12, noise: copy), Pictures(copy * 7, flipped: 0.03, noise: copy), Clips + copy);

        var groups = Find(table);

        Assert.Equal(
            Enumerable.Range(0, Copies).Select(copy => $"Same {copy * 7}: {Clips + copy}"),
            groups.Select(Describe));
    }

    [Fact]
    public void Kinds_are_told_apart_and_a_copy_is_named_by_its_best_one()
    {
        var table = new SignatureTable();
        table.Add(Sound(1), Pictures(1), 0);
        table.Add(Sound(1, flipped: 0.05), Pictures(1), 1);
        table.Add(Sound(2), Pictures(1, flipped: 0.02), 2);
        table.Add(Sound(1), Pictures(3), 3);

        Assert.Equal(["Same 0: 1", "SamePicture 0: 2", "SameSound 0: 3"], Find(table).Select(Describe));
    }

    [Fact]
    public void Better_clip_leads_its_group()
    {
        var table = new SignatureTable();
        for (var copy = 0; copy < 3; copy++) table.Add(Sound(1), Pictures(1), copy);

        var groups = DuplicateFinder.Find(table, [2, 0, 1], 2, null, Cancel);

        Assert.Equal(["Same 1: 2, 0"], groups.Select(Describe));
    }

    [Fact]
    public void Likeness_is_not_handed_on_from_clip_to_clip()
    {
        // Each begins 3 s after the one before and lasts 10 s: neighbours share 7 s, those after next only 4 s.
        var (sound, film) = (Sound(1, 30), Pictures(1, 30));
        var table = new SignatureTable();
        for (var clip = 0; clip < 5; clip++) table.Add(sound[(clip * 60)..((clip * 60) + 200)], film[(clip * 12)..((clip * 12) + 40)], clip);

        Assert.Equal(["Same 0: 1", "Same 2: 3"], Find(table).Select(Describe));
    }

    [Fact]
    public void Many_copies_of_one_clip_are_one_group()
    {
        const int Copies = 400;
        var table = new SignatureTable();
        for (var copy = 0; copy < Copies; copy++) table.Add(Sound(1, flipped: 0.08, noise: copy), Pictures(1, flipped: 0.02, noise: copy), copy);

        var group = Assert.Single(Find(table));

        Assert.Equal((DuplicateKind.Same, 0, Copies - 1), (group.Kind, group.Best, group.Others.Count));
    }

    [Fact]
    public void Silent_and_black_clips_are_no_group()
    {
        var table = new SignatureTable();
        for (var clip = 0; clip < 50; clip++) table.Add(new uint[100], new ulong[20], clip);

        Assert.Empty(Find(table));
    }

    [Fact]
    public void Groups_do_not_depend_on_threads()
    {
        var table = new SignatureTable();
        for (var clip = 0; clip < 300; clip++) table.Add(Sound(clip / 3, flipped: 0.1, noise: clip), Pictures(clip / 2, flipped: 0.03, noise: clip), clip);
        var order = Enumerable.Range(0, table.Count).ToArray();

        var alone = DuplicateFinder.Find(table, order, 1, null, Cancel).Select(Describe).ToList();

        Assert.NotEmpty(alone);
        Assert.Equal(alone, DuplicateFinder.Find(table, order, 4, null, Cancel).Select(Describe));
    }

    [Fact]
    public void Nothing_has_no_groups() => Assert.Empty(Find(new SignatureTable()));

    private static IReadOnlyList<DuplicateGroup> Find(SignatureTable table) => DuplicateFinder.Find(table, [.. Enumerable.Range(0, table.Count)], 2, null, Cancel);

    private static string Describe(DuplicateGroup group) => $"{group.Kind} {group.Best}: {string.Join(", ", group.Others)}";
}
