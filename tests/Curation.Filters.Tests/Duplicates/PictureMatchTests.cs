using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class PictureMatchTests
{
    [Fact]
    public void Error_is_the_share_of_bits_that_differ()
    {
        var hashes = Hashes(1, 10);

        Assert.Equal(0, PictureMatch.Error(hashes, hashes, 0));
        Assert.Equal(3 / 64.0, PictureMatch.Error(hashes, [.. hashes.Select((hash, index) => index % 2 == 0 ? hash ^ 7 : ~hash)], 0));
    }

    [Fact]
    public void Whole_of_a_copy_may_be_the_middle_of_the_original()
    {
        var original = Hashes(1, 10);
        var cropped = Hashes(2, 10);
        for (var picture = 0; picture < 10; picture++) cropped[2 * picture] = original[(2 * picture) + 1];

        Assert.Equal(0, PictureMatch.Error(original, cropped, 0));
        Assert.Equal(0, PictureMatch.Error(cropped, original, 0));
    }

    [Fact]
    public void Empty_pictures_count_for_nothing_unless_one_is_not()
    {
        var hashes = Hashes(1, 4);

        Assert.Null(PictureMatch.Error(new ulong[20], new ulong[20], 0));
        Assert.Equal(0, PictureMatch.Error([.. hashes, 0, 0], [.. hashes, 0, 0], 0));

        // Four alike, and one with 32 of 64 bits: 32 of 320.
        Assert.Equal(0.1, PictureMatch.Error([.. hashes, 0, 0], [.. hashes, 5, 5], 0));
    }

    [Fact]
    public void Two_pictures_are_too_few() => Assert.Null(PictureMatch.Error(Hashes(1, 2), Hashes(1, 2), 0));

    [Fact]
    public void Copy_that_begins_elsewhere_matches()
    {
        var hashes = Hashes(1, 20);

        Assert.True(PictureMatch.Matches(hashes, hashes.AsSpan(6)));
        Assert.True(PictureMatch.Matches(hashes.AsSpan(6), hashes));
        Assert.False(PictureMatch.Matches(hashes, Hashes(2, 20)));
    }

    // Whole and middle in turn.
    private static ulong[] Hashes(int seed, int pictures)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * pictures).Select(_ => (ulong)random.NextInt64() | 1)];
    }
}
