namespace Curation.Dashboard.Cluster;

/// <summary>Something that is wrong, or that an operator should know, in words.</summary>
/// <param name="Tone"><c>bad</c> for what stands still or was lost, <c>warn</c> for the rest.</param>
/// <param name="Text">What, and what to do.</param>
/// <param name="Link">The page that shows more; null for none.</param>
public sealed record Trouble(string Tone, string Text, string? Link = null);
