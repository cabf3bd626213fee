using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Contracts;

/// <summary>One input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Sizes as the graph states them; -1 where dynamic.</param>
internal sealed record GraphPort(string Name, TensorElementType Type, IReadOnlyList<int> Shape)
{
    /// <summary>A fixed size, or the given one where the graph leaves it open.</summary>
    /// <param name="axis">Which size.</param>
    /// <param name="otherwise">The size to take where it is dynamic.</param>
    /// <returns>The size.</returns>
    public int Size(int axis, int otherwise) => axis < Shape.Count && Shape[axis] > 0 ? Shape[axis] : otherwise;
}
