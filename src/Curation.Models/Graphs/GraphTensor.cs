using Curation.Models.Checkpoints;

namespace Curation.Models.Graphs;

/// <summary>A value inside a graph under construction.</summary>
/// <param name="Name">Its unique name in the file.</param>
/// <param name="Type">Type of its elements.</param>
public sealed record GraphTensor(string Name, ElementType Type);
