using Curation.Filters.Duplicates;
using static Curation.Filters.Tests.Duplicates.MadeSignatures;

namespace Curation.Filters.Tests.Duplicates;

public sealed class ClipMatchTests
{
    private static readonly uint[] Silence = new uint[100];
    private static readonly ulong[] Black = new ulong[20];

    [Fact]
    public void Picture_and_sound_make_a_copy() => Assert.Equal(DuplicateKind.Same, Relate((Sound(1), Pictures(1), 0), (Sound(1), Pictures(1), 1)));

    [Fact]
    public void New_sound_leaves_the_picture() => Assert.Equal(DuplicateKind.SamePicture, Relate((Sound(1), Pictures(1), 0), (Sound(2), Pictures(1), 1)));

    [Fact]
    public void New_picture_leaves_the_sound() => Assert.Equal(DuplicateKind.SameSound, Relate((Sound(1), Pictures(1), 0), (Sound(1), Pictures(2), 1)));

    [Fact]
    public void Different_clips_share_nothing() => Assert.Null(Relate((Sound(1), Pictures(1), 0), (Sound(2), Pictures(2), 1)));

    [Fact]
    public void Silence_is_no_sound_to_share()
    {
        Assert.Equal(DuplicateKind.SamePicture, Relate((Silence, Pictures(1), 0), (Silence, Pictures(1), 1)));
        Assert.Null(Relate((Silence, Pictures(1), 0), (Silence, Pictures(2), 1)));
        Assert.Null(Relate(([], Pictures(1), 0), ([], Pictures(2), 1)));
    }

    [Fact]
    public void Black_is_no_picture_to_share()
    {
        Assert.Equal(DuplicateKind.SameSound, Relate((Sound(1), Black, 0), (Sound(1), Black, 1)));
        Assert.Null(Relate((Sound(1), Black, 0), (Sound(2), Black, 1)));
        Assert.Null(Relate((Silence, Black, 0), (Silence, Black, 1)));
    }

    [Fact]
    public void Same_picture_in_one_source_is_a_still_scene_and_no_copy()
    {
        Assert.Null(Relate((Sound(1), Pictures(1), 7), (Sound(2), Pictures(1), 7)));
        Assert.Equal(DuplicateKind.Same, Relate((Sound(1), Pictures(1), 7), (Sound(1), Pictures(1), 7)));
    }

    [Fact]
    public void Sound_that_is_the_same_lets_pictures_differ_more()
    {
        // A fifth of the bits: beyond what pictures alone may differ in, within what cropped copies do.
        Assert.Equal(DuplicateKind.Same, Relate((Sound(1), Pictures(1), 0), (Sound(1), Pictures(1, flipped: 0.2, noise: 5), 1)));
        Assert.Null(Relate((Sound(1), Pictures(1), 0), (Sound(2), Pictures(1, flipped: 0.2, noise: 5), 1)));
    }

    [Fact]
    public void Pictures_of_another_moment_do_not_make_a_copy_of_the_same_sound()
    {
        // The sounds lie over each other from their start; the pictures do so only three seconds apart.
        var film = Pictures(1, seconds: 13);

        Assert.Equal(DuplicateKind.SameSound, Relate((Sound(1, 10), film[..40], 0), (Sound(1, 10), film[12..52], 1)));
    }

    private static DuplicateKind? Relate((uint[] Words, ulong[] Hashes, int Source) one, (uint[] Words, ulong[] Hashes, int Source) other)
    {
        var table = new SignatureTable();
        table.Add(one.Words, one.Hashes, one.Source);
        table.Add(other.Words, other.Hashes, other.Source);
        var kind = ClipMatch.Relate(table, 0, 1);

        Assert.Equal(kind, ClipMatch.Relate(table, 1, 0));
        return kind;
    }
}
