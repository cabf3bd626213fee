using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>Tensors in the runtime's own memory; half precision only where a graph asks for it.</summary>
internal static class OrtTensors
{
    public static OrtValue Empty(TensorElementType type, ReadOnlySpan<long> shape) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape.ToArray());

    public static OrtValue FromFloats(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, TensorElementType type)
    {
        var tensor = Empty(type, shape);
        if (type == TensorElementType.Float16) TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(tensor.GetTensorMutableRawData()));
        else values.CopyTo(tensor.GetTensorMutableDataAsSpan<float>());

        return tensor;
    }

    /// <summary>A range of a tensor as single precision: the tensor's own memory where it is that already.</summary>
    public static ReadOnlySpan<float> Floats(OrtValue tensor, int start, int length)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float16) return tensor.GetTensorDataAsSpan<float>().Slice(start, length);

        var halves = MemoryMarshal.Cast<byte, Half>(tensor.GetTensorMutableRawData()).Slice(start, length);
        var floats = new float[length];
        TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }

    /// <summary>Rows of the first dimension, chosen with repetition; copied inside the runtime's memory.</summary>
    public static OrtValue Rows(OrtValue tensor, ReadOnlySpan<int> rows)
    {
        var info = tensor.GetTensorTypeAndShape();
        var shape = info.Shape;
        var count = checked((int)shape[0]);
        shape[0] = rows.Length;
        var chosen = Empty(info.ElementDataType, shape);
        var source = tensor.GetTensorMutableRawData();
        var target = chosen.GetTensorMutableRawData();
        var bytes = source.Length / count;
        for (var i = 0; i < rows.Length; i++) source.Slice(rows[i] * bytes, bytes).CopyTo(target[(i * bytes)..]);

        return chosen;
    }
}
