namespace Curation.Pipeline.Deduplicating;

/// <summary>
/// Which of two copies is the better one: retained before held, then the larger picture, the longer clip, sound that reaches further up, the sharper
/// picture; at last the name, so that there is always one. In this order the better one comes first.
/// </summary>
public sealed class BetterFirst : IComparer<ComparedClip>
{
    // Copies differ by a picture or two in length.
    private const double SameLength = 0.1;

    /// <summary>The order in words.</summary>
    public const string InWords = "retained before held, larger short side, longer, wider sound band, sharper";

    /// <inheritdoc />
    public int Compare(ComparedClip? x, ComparedClip? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        if (x.Outcome != y.Outcome) return x.Outcome.CompareTo(y.Outcome);
        if (x.ShortSide != y.ShortSide) return y.ShortSide.CompareTo(x.ShortSide);

        foreach (var (one, other) in new[] { (Tenths(x.Seconds), Tenths(y.Seconds)), (x.BandwidthHz ?? 0, y.BandwidthHz ?? 0), (x.Sharpness ?? double.MinValue, y.Sharpness ?? double.MinValue) })
        {
            if (!one.Equals(other)) return other.CompareTo(one);
        }

        return string.CompareOrdinal(x.Id.Value, y.Id.Value);
    }

    private static double Tenths(double seconds) => Math.Round(seconds / SameLength);
}
