using Curation.Models.Checkpoints;
using Curation.Models.Graphs.Onnx;

namespace Curation.Models.Graphs;

/// <summary>ONNX's numbers for element types.</summary>
internal static class OnnxTypes
{
    public static TensorProto.Types.DataType Of(ElementType type) => type switch
    {
        ElementType.F32 => TensorProto.Types.DataType.Float,
        ElementType.F16 => TensorProto.Types.DataType.Float16,
        ElementType.BF16 => TensorProto.Types.DataType.Bfloat16,
        ElementType.F64 => TensorProto.Types.DataType.Double,
        ElementType.I64 => TensorProto.Types.DataType.Int64,
        ElementType.I32 => TensorProto.Types.DataType.Int32,
        ElementType.I16 => TensorProto.Types.DataType.Int16,
        ElementType.I8 => TensorProto.Types.DataType.Int8,
        ElementType.U8 => TensorProto.Types.DataType.Uint8,
        ElementType.Bool => TensorProto.Types.DataType.Bool,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "ONNX has no such element type."),
    };

    public static bool IsFloating(ElementType type) => type is ElementType.F32 or ElementType.F16 or ElementType.BF16 or ElementType.F64;
}
