using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

/// <summary>What the layers remember of a clip between its chunks: the last frames each of them saw. One for each encode or decode.</summary>
internal sealed class WanHistory : IDisposable
{
    private readonly Dictionary<object, Tensor> _frames = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the chunk is the clip's first frame, which no layer halves or doubles in time.</summary>
    public bool IsFirstChunk { get; private set; } = true;

    /// <summary>Frames that the layer kept, or null where it has seen none.</summary>
    public Tensor? Find(object layer) => _frames.GetValueOrDefault(layer);

    /// <summary>Keeps a copy: a view would hold the memory of the whole chunk.</summary>
    public void Keep(object layer, Tensor frames_bcthw)
    {
        var copy = frames_bcthw.clone().DetachFromDisposeScope();
        if (_frames.Remove(layer, out var old)) old.Dispose();
        _frames.Add(layer, copy);
    }

    /// <summary>The next chunk follows.</summary>
    public void EndChunk() => IsFirstChunk = false;

    public void Dispose()
    {
        foreach (var frames in _frames.Values) frames.Dispose();
        _frames.Clear();
    }
}
