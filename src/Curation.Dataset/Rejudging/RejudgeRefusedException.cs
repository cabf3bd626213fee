namespace Curation.Dataset.Rejudging;

/// <summary>A data set cannot be judged by a policy: it is of another version, or nobody measured what the policy asks for. Nothing was written.</summary>
/// <param name="message">What does not go together, and what to do.</param>
public sealed class RejudgeRefusedException(string message) : Exception(message);
