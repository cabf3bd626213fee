namespace Curation.Models.Checkpoints.Pickling;

/// <summary>A tensor as the pickle describes it: a window into a storage. Nothing of it is checked or read yet.</summary>
/// <param name="storage">Where its elements are.</param>
/// <param name="typeName">The type of its elements as the file names it.</param>
/// <param name="type">Type of its elements; null where this program has none for it.</param>
/// <param name="offset">Its first element, counted in elements.</param>
/// <param name="shape">Sizes.</param>
/// <param name="strides">Elements from one index to the next, one for each size.</param>
internal sealed class PickleTensor(PickleStorage storage, string typeName, ElementType? type, long offset, IReadOnlyList<long> shape, IReadOnlyList<long> strides)
{
    public PickleStorage Storage { get; } = storage;

    public string TypeName { get; } = typeName;

    public ElementType? Type { get; } = type;

    public long Offset { get; } = offset;

    public IReadOnlyList<long> Shape { get; } = shape;

    public IReadOnlyList<long> Strides { get; } = strides;
}
