using System.Buffers.Binary;

namespace Curation.Models.Checkpoints.Pickling;

/// <summary>A numpy dtype, to the extent that a scalar such as a saved loss needs one.</summary>
/// <param name="code">Kind and bytes, for example f8.</param>
internal sealed class NumpyType(string code)
{
    private bool _bigEndian;

    /// <summary>Takes the byte order out of numpy's state tuple (version, order, ...).</summary>
    public void SetState(object? state) => _bigEndian = state is List<object?> { Count: > 1 } parts && parts[1] is ">";

    /// <returns>The number; null where the type is another one or the bytes are not its size.</returns>
    public object? Read(byte[] bytes)
    {
        if (bytes.Length > sizeof(double)) return null;

        var ordered = bytes.ToArray();
        if (_bigEndian) Array.Reverse(ordered);

        return (code, ordered.Length) switch
        {
            ("f8", 8) => (object)BinaryPrimitives.ReadDoubleLittleEndian(ordered),
            ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(ordered),
            ("f2", 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(ordered),
            ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(ordered),
            ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(ordered),
            ("i2", 2) => (long)BinaryPrimitives.ReadInt16LittleEndian(ordered),
            ("i1", 1) => (long)(sbyte)ordered[0],
            ("u4", 4) => (long)BinaryPrimitives.ReadUInt32LittleEndian(ordered),
            ("u2", 2) => (long)BinaryPrimitives.ReadUInt16LittleEndian(ordered),
            ("u1", 1) => (long)ordered[0],
            ("b1", 1) => ordered[0] != 0,
            _ => null,
        };
    }
}
