namespace Curation.Clips.Deciding;

/// <summary>What a data set asks of its clips. It names limits only and cannot change how a thing is measured.</summary>
/// <param name="Name">For example <c>klear</c>.</param>
public sealed record Policy(string Name)
{
    /// <summary>Scenes shorter than this are rejected as <c>too_short</c>.</summary>
    public TimeSpan ClipMin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Scenes longer than this are cut into equal parts.</summary>
    public TimeSpan ClipMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The rule for limits whose measurement could not be made.</summary>
    public UnmeasuredRule Unmeasured { get; init; } = UnmeasuredRule.Hold;

    /// <summary>The limits in the order in which they are applied; the first that fails names the rejection.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>SHA-256 of the policy's canonical text; two files that say the same have the same.</summary>
    public required string Sha256 { get; init; }
}
