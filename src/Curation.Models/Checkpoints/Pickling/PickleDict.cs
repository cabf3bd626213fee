namespace Curation.Models.Checkpoints.Pickling;

/// <summary>A dict or OrderedDict. Keys other than texts and numbers are kept apart by reference.</summary>
internal sealed class PickleDict
{
    private static readonly object NoneKey = new();

    /// <summary>In the order in which the pickle first set them.</summary>
    public Dictionary<object, object?> Entries { get; } = [];

    public void Set(object? key, object? value) => Entries[key ?? NoneKey] = value;
}
