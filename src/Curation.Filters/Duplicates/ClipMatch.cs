namespace Curation.Filters.Duplicates;

/// <summary>What two clips share, by their signatures alone.</summary>
public static class ClipMatch
{
    private const int WordsOfPicture = SoundPrinter.PerSecond / PictureSignature.PerSecond;

    /// <summary>Compares two clips at every offset.</summary>
    /// <param name="table">The signatures.</param>
    /// <param name="first">Index of one.</param>
    /// <param name="second">Index of the other.</param>
    /// <returns>
    /// Null where they share nothing that is known of. Silence and empty pictures are shared by all and count for nothing: a clip is the same
    /// only where both its picture and its sound say so. Of one source, the same picture with other sound is nothing but a still scene.
    /// </returns>
    public static DuplicateKind? Relate(SignatureTable table, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(table);

        // In one order, so that nothing depends on who asks.
        if (first > second) (first, second) = (second, first);
        var left = table.Hashes(first);
        var right = table.Hashes(second);
        if (SoundMatch.Align(table.Words(first), table.Words(second)) is { } offset)
        {
            var at = (int)Math.Round((double)offset / WordsOfPicture);
            for (var near = at - 1; near <= at + 1; near++)
            {
                if (PictureMatch.Error(left, right, near) <= PictureMatch.MostErrorWithSound) return DuplicateKind.Same;
            }

            return DuplicateKind.SameSound;
        }

        return table.Source(first) != table.Source(second) && PictureMatch.Matches(left, right) ? DuplicateKind.SamePicture : null;
    }
}
