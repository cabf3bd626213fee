namespace Curation.Models.Checkpoints.Pickling;

/// <summary>torch's names for storages and element types.</summary>
internal static class StorageTypes
{
    private static readonly Dictionary<string, (ElementType? Type, int Bytes)> Storages = new(StringComparer.Ordinal)
    {
        ["FloatStorage"] = (ElementType.F32, 4),
        ["DoubleStorage"] = (ElementType.F64, 8),
        ["HalfStorage"] = (ElementType.F16, 2),
        ["BFloat16Storage"] = (ElementType.BF16, 2),
        ["LongStorage"] = (ElementType.I64, 8),
        ["IntStorage"] = (ElementType.I32, 4),
        ["ShortStorage"] = (ElementType.I16, 2),
        ["CharStorage"] = (ElementType.I8, 1),
        ["ByteStorage"] = (ElementType.U8, 1),
        ["BoolStorage"] = (ElementType.Bool, 1),
        ["UntypedStorage"] = (null, 1),
        ["ComplexFloatStorage"] = (null, 8),
        ["ComplexDoubleStorage"] = (null, 16),
        ["QInt8Storage"] = (null, 1),
        ["QUInt8Storage"] = (null, 1),
        ["QInt32Storage"] = (null, 4),
        ["QUInt4x2Storage"] = (null, 1),
        ["QUInt2x4Storage"] = (null, 1),
    };

    /// <summary>Element types by torch's name, both spellings. Null: known to torch, not to this program.</summary>
    private static readonly Dictionary<string, ElementType?> Elements = new(StringComparer.Ordinal)
    {
        ["float32"] = ElementType.F32,
        ["float"] = ElementType.F32,
        ["float64"] = ElementType.F64,
        ["double"] = ElementType.F64,
        ["float16"] = ElementType.F16,
        ["half"] = ElementType.F16,
        ["bfloat16"] = ElementType.BF16,
        ["int64"] = ElementType.I64,
        ["long"] = ElementType.I64,
        ["int32"] = ElementType.I32,
        ["int"] = ElementType.I32,
        ["int16"] = ElementType.I16,
        ["short"] = ElementType.I16,
        ["int8"] = ElementType.I8,
        ["uint8"] = ElementType.U8,
        ["bool"] = ElementType.Bool,
        ["uint16"] = null,
        ["uint32"] = null,
        ["uint64"] = null,
        ["complex32"] = null,
        ["complex64"] = null,
        ["complex128"] = null,
        ["cfloat"] = null,
        ["cdouble"] = null,
        ["qint8"] = null,
        ["quint8"] = null,
        ["qint32"] = null,
        ["quint4x2"] = null,
        ["quint2x4"] = null,
        ["float8_e4m3fn"] = null,
        ["float8_e5m2"] = null,
        ["float8_e4m3fnuz"] = null,
        ["float8_e5m2fnuz"] = null,
    };

    public static bool IsStorage(PickleGlobal global) =>
        global.Module is "torch" or "torch.cuda" or "torch.storage" && Storages.ContainsKey(global.Name);

    public static bool IsElement(PickleGlobal global) => global.Module == "torch" && Elements.ContainsKey(global.Name);

    public static (ElementType? Type, int Bytes) Storage(PickleGlobal global) => Storages[global.Name];

    public static ElementType? Element(PickleGlobal global) => Elements[global.Name];
}
