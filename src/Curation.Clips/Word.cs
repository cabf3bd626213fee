namespace Curation.Clips;

/// <summary>One transcribed word.</summary>
/// <param name="Text">The word as transcribed.</param>
/// <param name="StartSeconds">From the clip's start.</param>
/// <param name="EndSeconds">From the clip's start.</param>
/// <param name="Speaker">Id of the speaker; null where it is not known.</param>
public sealed record Word(string Text, double StartSeconds, double EndSeconds, string? Speaker);
