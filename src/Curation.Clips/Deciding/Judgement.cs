namespace Curation.Clips.Deciding;

/// <summary>What a policy says of one clip.</summary>
/// <param name="Outcome">Retained, held or rejected.</param>
/// <param name="Verdicts">Every limit's verdict, in the policy's order.</param>
/// <param name="RejectedBy">The first filter that rejects by what was measured, else the first that rejects; null unless rejected.</param>
/// <param name="Reason">Why it was rejected or held; null when retained.</param>
public sealed record Judgement(ClipOutcome Outcome, IReadOnlyList<Verdict> Verdicts, string? RejectedBy, string? Reason);
