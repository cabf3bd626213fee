namespace Klear.Model.Training.State;

/// <summary>What a file and a model did not have in common.</summary>
/// <param name="Missing">Names that the file lacks, in order.</param>
/// <param name="Unexpected">Names that only the file has, in order.</param>
public sealed record TensorLoadReport(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);
