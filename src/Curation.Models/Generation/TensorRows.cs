using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Generation;

/// <summary>Tensors in the runtime's own memory.</summary>
internal static class TensorRows
{
    /// <summary>A new tensor with zeroes or whatever memory held.</summary>
    public static OrtValue New(TensorElementType type, ReadOnlySpan<long> shape) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape.ToArray());

    /// <summary>A tensor of given values, in half precision where the graph wants that.</summary>
    public static OrtValue Of(ReadOnlySpan<float> values, TensorElementType type, ReadOnlySpan<long> shape)
    {
        var tensor = New(type, shape);
        if (type == TensorElementType.Float16) TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(tensor.GetTensorMutableRawData()));
        else values.CopyTo(tensor.GetTensorMutableDataAsSpan<float>());
        return tensor;
    }

    /// <summary>A tensor of whole numbers.</summary>
    public static OrtValue Of(ReadOnlySpan<long> values, ReadOnlySpan<long> shape)
    {
        var tensor = New(TensorElementType.Int64, shape);
        values.CopyTo(tensor.GetTensorMutableDataAsSpan<long>());
        return tensor;
    }

    /// <summary>Reads values in single precision.</summary>
    public static void Read(OrtValue tensor, int start, Span<float> values)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(tensor.GetTensorMutableRawData()).Slice(start, values.Length), values);
        }
        else
        {
            tensor.GetTensorDataAsSpan<float>().Slice(start, values.Length).CopyTo(values);
        }
    }

    /// <summary>Rows of the first dimension, chosen with repetition.</summary>
    public static OrtValue Choose(OrtValue tensor, ReadOnlySpan<int> rows)
    {
        var info = tensor.GetTensorTypeAndShape();
        var shape = info.Shape;
        var count = checked((int)shape[0]);
        shape[0] = rows.Length;
        var chosen = New(info.ElementDataType, shape);
        var source = tensor.GetTensorMutableRawData();
        var target = chosen.GetTensorMutableRawData();
        var bytes = source.Length / count;
        for (var i = 0; i < rows.Length; i++) source.Slice(rows[i] * bytes, bytes).CopyTo(target[(i * bytes)..]);
        return chosen;
    }
}
