namespace Curation.Models.Checkpoints.Pickling;

/// <summary>A run of elements in the checkpoint that one or several tensors look into.</summary>
/// <param name="key">Its name in the file.</param>
/// <param name="typeName">The type of storage, for example FloatStorage.</param>
/// <param name="type">Type of its elements; null where this program has none for it, or where the storage is bytes without a type.</param>
/// <param name="count">Number of its elements.</param>
/// <param name="elementBytes">Bytes of one element.</param>
internal sealed class PickleStorage(string key, string typeName, ElementType? type, long count, int elementBytes)
{
    public string Key { get; } = key;

    public string TypeName { get; } = typeName;

    public ElementType? Type { get; } = type;

    public long Count { get; } = count;

    public int ElementBytes { get; } = elementBytes;

    /// <summary>Bytes that the file must hold for it.</summary>
    public Int128 Bytes => (Int128)Count * ElementBytes;
}
