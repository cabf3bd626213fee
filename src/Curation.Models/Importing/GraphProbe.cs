using Curation.Models.Graphs;

namespace Curation.Models.Importing;

/// <summary>Sees intermediate values while a graph is built; tests turn them into outputs.</summary>
/// <param name="name">What the value is.</param>
/// <param name="value">The value.</param>
internal delegate void GraphProbe(string name, GraphTensor value);
