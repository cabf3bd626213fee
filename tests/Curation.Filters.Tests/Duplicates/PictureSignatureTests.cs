using Curation.Clips;
using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class PictureSignatureTests
{
    [Fact]
    public void Each_half_second_takes_the_hash_that_lies_nearest()
    {
        // The clip's own half seconds are 10.2, 10.7 and 11.2 s.
        var signature = Of(10.2, 11.7, (10.0, 1), (10.25, 2), (10.5, 3), (10.75, 4), (11.0, 5), (11.25, 6), (11.5, 7));

        Assert.Equal([2UL, 4UL, 6UL], signature!.Hashes.Select(hash => hash.Whole));
    }

    [Fact]
    public void Half_second_without_a_picture_near_is_empty()
    {
        // Nothing lies within half a second of 1.5 s.
        var signature = Of(0, 3, (0, 1), (0.5, 2), (2.5, 3));

        Assert.Equal([1UL, 2UL, 2UL, 0UL, 3UL, 3UL], signature!.Hashes.Select(hash => hash.Whole));
    }

    [Fact]
    public void Clip_of_empty_pictures_has_no_signature() => Assert.Null(Of(0, 2, (0, 0), (0.5, 0), (1, 0), (1.5, 0)));

    [Fact]
    public void Clip_without_pictures_has_no_signature() => Assert.Null(Of(0, 2));

    private static PictureSignature? Of(double start, double end, params (double Time, ulong Hash)[] pictures) => PictureSignature.Of(
        new ClipSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end)),
        [.. pictures.Select(picture => TimeSpan.FromSeconds(picture.Time))],
        [.. pictures.Select(picture => new PictureHash(picture.Hash, picture.Hash))]);
}
