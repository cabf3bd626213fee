namespace Curation.Dataset.Deduplicating;

/// <summary>A data set cannot be searched for copies: it is of a version that had no signatures. Nothing was written.</summary>
/// <param name="message">What does not go together, and what to do.</param>
public sealed class DedupRefusedException(string message) : Exception(message);
