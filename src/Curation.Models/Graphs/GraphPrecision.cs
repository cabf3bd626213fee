namespace Curation.Models.Graphs;

/// <summary>What a written graph computes in.</summary>
public enum GraphPrecision
{
    /// <summary>Weights and arithmetic in single precision.</summary>
    Full,

    /// <summary>
    /// Weights and arithmetic in half precision; inputs and outputs stay single and are cast at the border, so the
    /// same code feeds both. Meant for GPUs: on the CPU ONNX Runtime widens most operators again, which saves disk but no memory.
    /// </summary>
    Half,
}
