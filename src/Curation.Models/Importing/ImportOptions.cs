using Curation.Models.Graphs;

namespace Curation.Models.Importing;

/// <summary>How a checkpoint is turned into graphs.</summary>
/// <param name="Precision">Half precision halves the files and speeds up GPUs; full precision matches the upstream code to its own rounding.</param>
public sealed record ImportOptions(GraphPrecision Precision = GraphPrecision.Full);
