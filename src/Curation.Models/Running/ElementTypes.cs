using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Running;

/// <summary>ONNX Runtime's element types by the names of the catalogue.</summary>
internal static class ElementTypes
{
    public static string NameOf(NodeMetadata metadata) => !metadata.IsTensor ? "no tensor" : NameOf(metadata.ElementDataType);

    public static string NameOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Float16 => "float16",
        TensorElementType.Int64 => "int64",
        TensorElementType.Int32 => "int32",
        TensorElementType.UInt8 => "uint8",
        TensorElementType.Bool => "bool",
        var other => other.ToString(),
    };
}
