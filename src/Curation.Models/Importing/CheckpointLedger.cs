using Curation.Models.Checkpoints;

namespace Curation.Models.Importing;

/// <summary>
/// Keeps account of what a model asks of a checkpoint, so that a wrong checkpoint is reported whole: build every graph first,
/// then call <see cref="Check"/>, then write. Tensors are read only while writing. A size that cannot be known because its tensor
/// is missing is 0, which fits any size.
/// </summary>
public sealed class CheckpointLedger
{
    private readonly ITensorSource _source;
    private readonly string _root;
    private readonly Dictionary<string, TensorInfo> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _ignored = [];

    /// <summary>Opens the account.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="root">Where the model lies inside a training checkpoint, such as <c>model.</c>; ignored where no key starts so.</param>
    public CheckpointLedger(ITensorSource source, string root = "")
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _root = source.Tensors.Keys.Any(name => name.StartsWith(root, StringComparison.Ordinal)) ? root : "";
        foreach (var (name, info) in source.Tensors)
        {
            if (name.StartsWith(_root, StringComparison.Ordinal)) _found[name[_root.Length..]] = info;
        }
    }

    /// <summary>One size of a tensor.</summary>
    /// <param name="name">The tensor's key; from now on it counts as needed.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The size; 0 where the tensor is missing or has no such axis.</returns>
    public long Size(string name, int axis)
    {
        _asked.TryAdd(name, []);
        return _found.TryGetValue(name, out var info) && axis < info.Shape.Count ? info.Shape[axis] : 0;
    }

    /// <summary>Number of layers in a list.</summary>
    /// <param name="prefix">What stands before the layer's number, such as <c>blocks.</c></param>
    /// <returns>The highest number found plus one, and at least one, so that a list that is missing is reported by its first layer's keys.</returns>
    public int Layers(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var layers = 1;
        foreach (var name in _found.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var rest = name.AsSpan(prefix.Length);
            var dot = rest.IndexOf('.');
            if (dot > 0 && int.TryParse(rest[..dot], out var number)) layers = Math.Max(layers, number + 1);
        }

        return layers;
    }

    /// <summary>Whether a tensor is there; asking does not make it needed.</summary>
    /// <param name="name">The tensor's key.</param>
    /// <returns>True where it is there.</returns>
    public bool Has(string name) => _found.ContainsKey(name);

    /// <summary>States that the model needs a tensor.</summary>
    /// <param name="name">The tensor's key.</param>
    /// <param name="shape">Its sizes; 0 for any.</param>
    public void Need(string name, params ReadOnlySpan<long> shape) => _asked[name] = shape.ToArray();

    /// <summary>States that keys may be there without being used.</summary>
    /// <param name="prefix">What they start with.</param>
    public void Ignore(string prefix) => _ignored.Add(prefix);

    /// <summary>Reads a tensor that was asked for.</summary>
    /// <param name="name">The tensor's key.</param>
    /// <returns>Its elements.</returns>
    public TensorData Read(string name) => _source.Read(_root + name);

    /// <summary>Compares what was asked for with what is there.</summary>
    /// <param name="model">The model meant, for the message.</param>
    /// <exception cref="CheckpointMismatchException">They differ.</exception>
    public void Check(string model)
    {
        string[] missing = [.. _asked.Keys.Where(name => !_found.ContainsKey(name)).Order(StringComparer.Ordinal)];
        string[] unexpected = [.. _found.Keys.Where(name => !_asked.ContainsKey(name) && !_ignored.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
        MisshapedTensor[] misshaped =
        [
            .. _asked.Where(asked => _found.TryGetValue(asked.Key, out var info) && !Fits(asked.Value, info.Shape))
                .Select(asked => new MisshapedTensor(asked.Key, asked.Value, _found[asked.Key].Shape))
                .OrderBy(tensor => tensor.Name, StringComparer.Ordinal),
        ];
        if (missing.Length + unexpected.Length + misshaped.Length > 0) throw new CheckpointMismatchException(model, missing, unexpected, misshaped);
    }

    private static bool Fits(long[] expected, IReadOnlyList<long> found) =>
        expected.Length == found.Count && expected.Zip(found).All(pair => pair.First == 0 || pair.First == pair.Second);
}
