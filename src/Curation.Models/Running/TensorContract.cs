namespace Curation.Models.Running;

/// <summary>What a graph takes or gives under one name.</summary>
/// <param name="Name">The name in the graph; several that exports use are parted by <c>|</c>, and <c>*</c> is the only one, whatever its name.</param>
/// <param name="Type">Kind of number: <c>float32</c>, <c>float16</c>, <c>int64</c>, <c>int32</c>, <c>uint8</c> or <c>bool</c>; several are parted by <c>|</c>.</param>
/// <param name="Shape">Sizes; -1 where any size will do. Null where even their number is left open.</param>
public sealed record TensorContract(string Name, string Type, IReadOnlyList<int>? Shape)
{
    /// <summary>Sizes to try it with; null for the shape with 1 in place of -1.</summary>
    public IReadOnlyList<int>? Probe { get; init; }

    /// <summary>The value to try whole numbers with.</summary>
    public long ProbeValue { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type} {Sizes(Shape)}";

    /// <summary>Sizes as text.</summary>
    /// <param name="shape">The sizes; null where they are left open.</param>
    /// <returns>For example <c>[-1, 3]</c>.</returns>
    public static string Sizes<TSize>(IEnumerable<TSize>? shape) => shape is null ? "of any shape" : $"[{string.Join(", ", shape)}]";
}
