using Curation.Clips;

namespace Curation.Pipeline.Calibration;

/// <summary>What a policy makes of all clips, exactly as judging them again would.</summary>
/// <param name="Passing">Clips that pass every limit whose measurement any clip has; some of them may be held for one that none has.</param>
/// <param name="Retained">Clips that would be triplets.</param>
/// <param name="Held">Clips that would wait.</param>
/// <param name="Rejected">Clips that would be turned away.</param>
public sealed record OutcomeCounts(int Passing, int Retained, int Held, int Rejected)
{
    /// <summary>All clips.</summary>
    public int Clips => Retained + Held + Rejected;

    /// <summary>The share of clips that pass; 0 where there is no clip.</summary>
    public double Share => Clips == 0 ? 0 : (double)Passing / Clips;

    internal static OutcomeCounts Of(PolicyOutcomes outcomes) =>
        new(outcomes.Passes, outcomes.Of(ClipOutcome.Retained), outcomes.Of(ClipOutcome.Held), outcomes.Of(ClipOutcome.Rejected));
}
