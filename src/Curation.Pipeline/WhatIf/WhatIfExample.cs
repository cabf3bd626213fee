using Curation.Clips;

namespace Curation.Pipeline.WhatIf;

/// <summary>A clip that another policy would put on the other side.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Split">Its kind of sound; null where it could not be told.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="From">What the policy of now makes of it.</param>
/// <param name="To">What the other one makes of it.</param>
/// <param name="Filter">The limit that it changes side by; the nearest where there are several.</param>
/// <param name="Value">Its value; null where it has none.</param>
public sealed record WhatIfExample(string Id, Split? Split, double Seconds, ClipOutcome From, ClipOutcome To, string Filter, double? Value);
