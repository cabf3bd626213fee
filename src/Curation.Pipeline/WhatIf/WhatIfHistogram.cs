namespace Curation.Pipeline.WhatIf;

/// <summary>How a measurement lies over all clips of a snapshot.</summary>
/// <param name="Name">The measurement.</param>
/// <param name="Axis">Where its bars lie.</param>
/// <param name="Counts">Clips in each bar; those beyond the ends are in the end bars.</param>
/// <param name="Measured">Clips that have a value.</param>
/// <param name="Unmeasured">Clips whose value could not be made, or that nobody asked for it.</param>
/// <param name="NotApplicable">Clips that cannot have one.</param>
/// <param name="Minimum">Smallest value; null where no clip has one. So for those below.</param>
/// <param name="Median">Half of the values are not above it; of many values, taken from some of them.</param>
/// <param name="Maximum">Largest value.</param>
public sealed record WhatIfHistogram(
    string Name, WhatIfAxis Axis, IReadOnlyList<int> Counts, int Measured, int Unmeasured, int NotApplicable, double? Minimum, double? Median, double? Maximum);
