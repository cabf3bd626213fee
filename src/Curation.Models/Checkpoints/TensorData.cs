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
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = Info.Type switch
            {
                ElementType.F32 => MemoryMarshal.Cast<byte, float>(bytes)[i],
                ElementType.F16 => (float)MemoryMarshal.Cast<byte, Half>(bytes)[i],
                ElementType.BF16 => BitConverter.Int32BitsToSingle(MemoryMarshal.Cast<byte, ushort>(bytes)[i] << 16),
                ElementType.F64 => (float)MemoryMarshal.Cast<byte, double>(bytes)[i],
                ElementType.I64 => MemoryMarshal.Cast<byte, long>(bytes)[i],
                ElementType.I32 => MemoryMarshal.Cast<byte, int>(bytes)[i],
                ElementType.I16 => MemoryMarshal.Cast<byte, short>(bytes)[i],
                ElementType.I8 => (sbyte)bytes[i],
                _ => bytes[i],
            };
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
}
