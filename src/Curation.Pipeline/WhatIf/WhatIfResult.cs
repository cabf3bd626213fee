using Curation.Clips.Deciding;

namespace Curation.Pipeline.WhatIf;

/// <summary>What another policy would change.</summary>
/// <param name="Base">The policy of now.</param>
/// <param name="Draft">The other one.</param>
/// <param name="Now">What the policy of now makes of all clips.</param>
/// <param name="Then">What the other one makes of them.</param>
/// <param name="LimitsNow">The limits of now, in order.</param>
/// <param name="LimitsThen">The other's limits, in order.</param>
/// <param name="Gained">Clips that would be retained and are not.</param>
/// <param name="Lost">Clips that are retained and would not be.</param>
/// <param name="GainedExamples">Some of those gained, the nearest to a limit first.</param>
/// <param name="LostExamples">Some of those lost, the nearest to a limit first.</param>
public sealed record WhatIfResult(
    Policy Base,
    Policy Draft,
    WhatIfYield Now,
    WhatIfYield Then,
    IReadOnlyList<WhatIfLimit> LimitsNow,
    IReadOnlyList<WhatIfLimit> LimitsThen,
    WhatIfCount Gained,
    WhatIfCount Lost,
    IReadOnlyList<WhatIfExample> GainedExamples,
    IReadOnlyList<WhatIfExample> LostExamples);
