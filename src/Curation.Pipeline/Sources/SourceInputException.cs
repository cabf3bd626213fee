namespace Curation.Pipeline.Sources;

/// <summary>The input of a run cannot be used at all; nothing was started.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class SourceInputException(string message) : Exception(message);
