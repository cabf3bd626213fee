using Curation.Models.Checkpoints;

namespace Curation.Models.Tests.Importing;

/// <summary>A checkpoint made up in memory; counts what is read.</summary>
internal sealed class MemoryTensors : ITensorSource
{
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float[]> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

    public int Reads { get; private set; }

    /// <summary>The names and shapes of another checkpoint, with zeros in it.</summary>
    public static MemoryTensors ShapedAs(ITensorSource source)
    {
        var tensors = new MemoryTensors();
        foreach (var (name, info) in source.Tensors)
        {
            tensors._tensors[name] = info;
        }

        return tensors;
    }

    public MemoryTensors With(string name, long[] shape, float[]? values = null)
    {
        _tensors[name] = new TensorInfo(ElementType.F32, shape);
        _values[name] = values ?? new float[_tensors[name].Count];
        return this;
    }

    public MemoryTensors Without(string name)
    {
        Assert.True(_tensors.Remove(name), $"{name} is not there");
        return this;
    }

    public TensorData Read(string name)
    {
        Reads++;
        return TensorData.FromFloats(_tensors[name].Shape, _values[name]);
    }

    public void Dispose()
    {
    }
}
