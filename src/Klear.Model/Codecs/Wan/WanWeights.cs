using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

/// <summary>Takes the tensors of a file one by one, checks each against what the layer needs, and owns them.</summary>
/// <param name="source">The file's tensors; used only while layers are made.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="device">Where the tensors go.</param>
internal sealed class WanWeights(ITensorSource source, string path, Device device) : IDisposable
{
    /// <summary>A size that the file decides.</summary>
    public const long AnySize = -1;

    private readonly Dictionary<string, Tensor> _taken = new(StringComparer.Ordinal);
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Names, shapes and single-precision values of all that was taken, in that order: the same in every kind of file.</summary>
    public string Digest => Convert.ToHexStringLower(_digest.GetCurrentHash());

    /// <summary>A tensor in single precision.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Its sizes, some of which may be <see cref="AnySize"/>.</param>
    /// <exception cref="CheckpointException">The tensor is missing, or has another shape or no fractional numbers.</exception>
    public Tensor Take(string name, params ReadOnlySpan<long> shape)
    {
        Check(name, shape);
        var data = source.Read(name);
        using var scope = NewDisposeScope();
        var tensor = data.ToTensor().to(ScalarType.Float32);
        AddToDigest(name, tensor);
        var placed = tensor.to(device).MoveToOuterDisposeScope().DetachFromDisposeScope();
        _taken.Add(name, placed);
        return placed;
    }

    /// <summary>Says that no layer is left. A file with more is another network, and part of it would give other latents.</summary>
    /// <exception cref="CheckpointException">The file has tensors that were not taken.</exception>
    public void End()
    {
        var left = source.Tensors.Keys.Where(name => !_taken.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        if (left.Count > 0) throw Wrong($"no layer takes tensor '{left[0]}'{(left.Count > 1 ? $" and {left.Count - 1} more" : "")}");
    }

    /// <summary>An error of this file.</summary>
    public CheckpointException Wrong(string what) => new($"{path} is not a Wan2.1 or Wan2.2 autoencoder: {what}; nothing was loaded, give the published file");

    public void Dispose()
    {
        foreach (var tensor in _taken.Values) tensor.Dispose();
        _taken.Clear();
        _digest.Dispose();
    }

    private void Check(string name, ReadOnlySpan<long> wanted)
    {
        if (!source.Tensors.TryGetValue(name, out var info)) throw Wrong($"tensor '{name}' is missing");

        var fits = info.Shape.Count == wanted.Length;
        for (var i = 0; fits && i < wanted.Length; i++) fits = info.Shape[i] > 0 && (wanted[i] == AnySize || wanted[i] == info.Shape[i]);
        if (!fits) throw Wrong($"tensor '{name}' has shape [{string.Join(", ", info.Shape)}] and the layer needs [{string.Join(", ", wanted.ToArray().Select(size => size == AnySize ? "any" : $"{size}"))}]");

        if (info.Type is not (ElementType.F32 or ElementType.F16 or ElementType.BF16 or ElementType.F64)) throw Wrong($"tensor '{name}' has elements of type {info.Type} and needs fractional ones");
    }

    private void AddToDigest(string name, Tensor tensor)
    {
        _digest.AppendData(Encoding.UTF8.GetBytes(name));
        Span<byte> size = stackalloc byte[sizeof(long)];
        foreach (var length in tensor.shape)
        {
            BinaryPrimitives.WriteInt64LittleEndian(size, length);
            _digest.AppendData(size);
        }

        _digest.AppendData(tensor.bytes);
    }
}
