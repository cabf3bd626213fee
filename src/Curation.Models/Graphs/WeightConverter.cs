using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Curation.Models.Checkpoints;

namespace Curation.Models.Graphs;

/// <summary>Converts a weight to the type in which a graph stores it.</summary>
internal static class WeightConverter
{
    /// <summary>The bytes of a tensor in another floating type.</summary>
    /// <param name="name">Named in errors.</param>
    /// <param name="data">The tensor.</param>
    /// <param name="type">Single or half.</param>
    /// <exception cref="InvalidDataException">A value is beyond half precision (65504), or the tensor is not of a floating type.</exception>
    public static ReadOnlyMemory<byte> Convert(string name, TensorData data, ElementType type)
    {
        if (data.Info.Type == type) return data.Bytes;
        if (!OnnxTypes.IsFloating(data.Info.Type)) throw new InvalidDataException($"The tensor {name} holds {data.Info.Type}, no real numbers.");

        var singles = data.ToFloats();
        if (type == ElementType.F32) return MemoryMarshal.AsBytes(singles.AsSpan()).ToArray();

        var halves = new Half[singles.Length];
        TensorPrimitives.ConvertToHalf(singles, halves);
        for (var i = 0; i < halves.Length; i++)
        {
            if (Half.IsInfinity(halves[i]) && float.IsFinite(singles[i]))
            {
                throw new InvalidDataException($"The tensor {name} holds {singles[i]}, which half precision cannot; write the graph in single precision.");
            }
        }

        return MemoryMarshal.AsBytes(halves.AsSpan()).ToArray();
    }
}
