namespace Curation.Dataset.Collecting;

/// <summary>Objects of one kind that nothing refers to any more.</summary>
/// <param name="Kind">What they are, in a few words.</param>
/// <param name="Objects">How many.</param>
/// <param name="Bytes">How much room they take.</param>
public sealed record Garbage(string Kind, long Objects, long Bytes);
