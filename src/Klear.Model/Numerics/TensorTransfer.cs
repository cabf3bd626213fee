using Curation.Models.Checkpoints;
using static TorchSharp.torch;

namespace Klear.Model.Numerics;

/// <summary>Moves tensors between torch and files.</summary>
public static class TensorTransfer
{
    /// <summary>A tensor of a file as torch's.</summary>
    /// <param name="data">Elements in any type that files have.</param>
    /// <returns>A CPU tensor with a copy of the elements, of the same type; half precision and doubles stay what they are.</returns>
    /// <exception cref="CheckpointException">torch has no such type.</exception>
    public static Tensor ToTensor(this TensorData data)
    {
        var tensor = empty([.. data.Info.Shape], TypeOf(data.Info));
        if (data.Bytes.Length > 0) data.Bytes.Span.CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>What a tensor will be in a file.</summary>
    /// <param name="tensor">On any device.</param>
    /// <returns>Type and shape.</returns>
    /// <exception cref="ArgumentException">Files have no such type.</exception>
    public static TensorInfo ToInfo(this Tensor tensor) => new(TypeOf(tensor.dtype), [.. tensor.shape]);

    /// <summary>A tensor for a file.</summary>
    /// <param name="tensor">On any device, with any strides.</param>
    /// <returns>A copy of its elements, row-major.</returns>
    public static TensorData ToData(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var dense = tensor.detach().cpu().contiguous();
        return new TensorData(dense.ToInfo(), dense.numel() == 0 ? default : dense.bytes.ToArray());
    }

    private static ScalarType TypeOf(TensorInfo info) => info.Type switch
    {
        ElementType.F32 => ScalarType.Float32,
        ElementType.F16 => ScalarType.Float16,
        ElementType.BF16 => ScalarType.BFloat16,
        ElementType.F64 => ScalarType.Float64,
        ElementType.I64 => ScalarType.Int64,
        ElementType.I32 => ScalarType.Int32,
        ElementType.I16 => ScalarType.Int16,
        ElementType.I8 => ScalarType.Int8,
        ElementType.U8 => ScalarType.Byte,
        ElementType.Bool => ScalarType.Bool,
        _ => throw new CheckpointException($"elements of type {info.Type} have no tensor"),
    };

    private static ElementType TypeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => ElementType.F32,
        ScalarType.Float16 => ElementType.F16,
        ScalarType.BFloat16 => ElementType.BF16,
        ScalarType.Float64 => ElementType.F64,
        ScalarType.Int64 => ElementType.I64,
        ScalarType.Int32 => ElementType.I32,
        ScalarType.Int16 => ElementType.I16,
        ScalarType.Int8 => ElementType.I8,
        ScalarType.Byte => ElementType.U8,
        ScalarType.Bool => ElementType.Bool,
        _ => throw new ArgumentException($"a tensor of {type} has no place in a file", nameof(type)),
    };
}
