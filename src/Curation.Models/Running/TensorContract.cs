namespace Curation.Models.Running;

/// <summary>What a graph takes or gives under one name.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Type">Kind of number: <c>float32</c>, <c>float16</c>, <c>int64</c>, <c>int32</c>, <c>uint8</c> or <c>bool</c>.</param>
/// <param name="Shape">Sizes; -1 where any size will do.</param>
public sealed record TensorContract(string Name, string Type, IReadOnlyList<int> Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} {Sizes(Shape)}";

    /// <summary>Sizes as text.</summary>
    /// <param name="shape">The sizes.</param>
    /// <returns>For example <c>[-1, 3]</c>.</returns>
    public static string Sizes(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
