using Curation.Clips.Deciding;

namespace Curation.Pipeline.WhatIf;

/// <summary>One limit's part in what a policy does.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Rejects">Clips it rejects, whatever else rejects them.</param>
/// <param name="OnlyRejects">Clips that nothing else rejects.</param>
/// <param name="Holds">Clips that it holds, or would hold if nothing rejected them.</param>
/// <param name="RetainedWithout">Clips that would be retained if it were not there, beside those that are.</param>
/// <param name="Reachable">Clips that every other limit lets through, in the bars of the measurement's histogram: those that its bounds decide on.</param>
public sealed record WhatIfLimit(Limit Limit, int Rejects, int OnlyRejects, int Holds, int RetainedWithout, IReadOnlyList<int> Reachable);
