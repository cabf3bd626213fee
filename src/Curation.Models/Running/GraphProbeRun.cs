namespace Curation.Models.Running;

/// <summary>What a graph did with a known input.</summary>
/// <param name="Milliseconds">Median wall time of a run after a first one, in ms.</param>
/// <param name="Outputs">Names and sizes of its outputs.</param>
/// <param name="NotFinite">Outputs with values that are no numbers; such a model is of no use.</param>
public sealed record GraphProbeRun(double Milliseconds, IReadOnlyList<string> Outputs, IReadOnlyList<string> NotFinite);
