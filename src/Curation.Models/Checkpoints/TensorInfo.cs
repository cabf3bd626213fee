namespace Curation.Models.Checkpoints;

/// <summary>What a tensor is, without its elements.</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
public sealed record TensorInfo(ElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Number of elements: 1 for a scalar, 0 where a size is 0.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (count, size) => checked(count * size));

    /// <summary>Bytes of one element.</summary>
    public int ElementBytes => Type switch
    {
        ElementType.F64 or ElementType.I64 => 8,
        ElementType.F32 or ElementType.I32 => 4,
        ElementType.F16 or ElementType.BF16 or ElementType.I16 => 2,
        _ => 1,
    };
}
