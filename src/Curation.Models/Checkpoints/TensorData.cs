using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Curation.Models.Checkpoints;

/// <summary>A dense tensor, row-major, little-endian.</summary>
/// <param name="Info">Type and shape.</param>
/// <param name="Bytes">All elements without gaps: <see cref="TensorInfo.Count"/> times <see cref="TensorInfo.ElementBytes"/>.</param>
public sealed record TensorData(TensorInfo Info, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The elements as single precision; whole numbers, halves and doubles are converted.</summary>
    /// <returns>A new array.</returns>
    public float[] ToFloats()
    {
        var bytes = Bytes.Span;
        var floats = new float[checked((int)Info.Count)];
        switch (Info.Type)
        {
            case ElementType.F32: bytes.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan())); break;
            case ElementType.F16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), floats); break;
            case ElementType.BF16: Widen(MemoryMarshal.Cast<byte, ushort>(bytes), floats); break;
            case ElementType.F64: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), floats); break;
            case ElementType.I64: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, long>(bytes), floats); break;
            case ElementType.I32: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, int>(bytes), floats); break;
            case ElementType.I16: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, short>(bytes), floats); break;
            case ElementType.I8: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(bytes), floats); break;
            default: TensorPrimitives.ConvertTruncating(bytes, floats); break;
        }

        return floats;
    }

    /// <summary>A single-precision tensor.</summary>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="values">The elements.</param>
    /// <returns>A tensor with a copy of the values.</returns>
    public static TensorData FromFloats(IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var info = new TensorInfo(ElementType.F32, shape);
        if (info.Count != values.Length) throw new ArgumentException($"{values.Length} values do not fill a tensor of [{string.Join(", ", shape)}].", nameof(values));

        return new TensorData(info, MemoryMarshal.AsBytes(values).ToArray());
    }

    private static void Widen(ReadOnlySpan<ushort> halves, Span<float> floats)
    {
        for (var i = 0; i < halves.Length; i++) floats[i] = BitConverter.Int32BitsToSingle(halves[i] << 16);
    }
}
