using Curation.Clips;

namespace Curation.Pipeline.WhatIf;

/// <summary>What a policy makes of all clips.</summary>
/// <param name="Retained">Clips that would be triplets.</param>
/// <param name="Held">Clips that would wait.</param>
/// <param name="Rejected">Clips that would be turned away.</param>
/// <param name="BySplit">Those retained, by the name of their split; every split is there.</param>
/// <param name="ByFilter">Those rejected, by the filter that names the rejection.</param>
public sealed record WhatIfYield(
    WhatIfCount Retained, WhatIfCount Held, WhatIfCount Rejected, IReadOnlyDictionary<string, WhatIfCount> BySplit, IReadOnlyDictionary<string, int> ByFilter)
{
    /// <summary>All clips.</summary>
    public int Clips => Retained.Clips + Held.Clips + Rejected.Clips;

    /// <summary>The share of clips that are retained; 0 where there is no clip.</summary>
    public double Retention => Clips == 0 ? 0 : (double)Retained.Clips / Clips;

    /// <summary>Clips with an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>How many, how long.</returns>
    public WhatIfCount Of(ClipOutcome outcome) => outcome switch { ClipOutcome.Retained => Retained, ClipOutcome.Held => Held, _ => Rejected };
}
