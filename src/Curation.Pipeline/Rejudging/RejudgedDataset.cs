using Curation.Dataset.Rejudging;

namespace Curation.Pipeline.Rejudging;

/// <summary>A data set that was judged again.</summary>
/// <param name="Result">What changed.</param>
/// <param name="Reported">Whether a new report was written: not where nothing changed, and not of a large data set.</param>
public sealed record RejudgedDataset(RejudgeResult Result, bool Reported);
