using Curation.Clips;

namespace Curation.Pipeline.Calibration;

/// <summary>What a policy makes of every clip, and each limit's part in it.</summary>
/// <param name="Outcomes">What each clip becomes.</param>
/// <param name="Passing">Clips that every limit lets through whose measurement any clip has: those retained, and those that wait for nothing but a measurement that no clip has.</param>
/// <param name="Rejects">By limit: clips it rejects, whatever else rejects them.</param>
/// <param name="OnlyRejects">By limit: clips that nothing else rejects.</param>
/// <param name="Freed">By limit: clips that would pass if it were not there.</param>
internal sealed record PolicyOutcomes(ClipOutcome[] Outcomes, bool[] Passing, int[] Rejects, int[] OnlyRejects, int[] Freed)
{
    /// <summary>How many clips pass.</summary>
    public int Passes { get; } = Passing.Count(passes => passes);

    /// <summary>How many clips become this.</summary>
    public int Of(ClipOutcome outcome) => Outcomes.Count(became => became == outcome);
}
