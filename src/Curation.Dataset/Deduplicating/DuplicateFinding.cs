namespace Curation.Dataset.Deduplicating;

/// <summary>What is known of a clip's copies.</summary>
/// <param name="Rank">Better copies of it; null where it was not compared.</param>
/// <param name="Of">The best of them, or the clip that it shares something with; null where there is none.</param>
/// <param name="Kind">What the two share: <c>same</c>, <c>same_picture</c> or <c>same_sound</c>.</param>
/// <param name="Reason">Why it was not compared.</param>
public sealed record DuplicateFinding(int? Rank, string? Of, string? Kind, string? Reason)
{
    /// <summary>A clip that was compared and has no copies.</summary>
    public static DuplicateFinding None { get; } = new(0, null, null, null);

    /// <summary>A clip that was not compared.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The finding.</returns>
    public static DuplicateFinding NotCompared(string reason) => new(null, null, null, reason);
}
