using System.IO.Hashing;
using System.Text;
using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural;

/// <summary>
/// The weights of one model. Layers first declare what they need, then the file is compared whole, then every weight is read and
/// prepared once, so that nothing is normalised again in a forward. Owns the tensors.
/// </summary>
internal sealed class CheckpointWeights : IDisposable
{
    private readonly CheckpointLedger _ledger;
    private readonly List<Declaration> _declared = [];

    /// <summary>Begins with no weights.</summary>
    /// <param name="source">The file; needed until <see cref="Load"/> has returned.</param>
    public CheckpointWeights(ITensorSource source) => _ledger = new CheckpointLedger(source);

    /// <summary>One size of a tensor of the file; 0, which fits any size, where there is no such tensor or axis.</summary>
    public long Size(string name, int axis) => _ledger.Size(name, axis);

    /// <summary>Declares a weight that is a tensor of the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes; 0 for any.</param>
    /// <param name="prepare">What is done to it once, in single precision.</param>
    public Weight Need(string name, long[] shape, Func<Tensor, Tensor>? prepare = null) =>
        Declare([(name, shape)], parts => prepare is null ? parts[0] : prepare(parts[0]));

    /// <summary>Declares a weight that two tensors of the file make.</summary>
    public Weight Need((string Name, long[] Shape) first, (string Name, long[] Shape) second, Func<Tensor, Tensor, Tensor> combine) =>
        Declare([first, second], parts => combine(parts[0], parts[1]));

    /// <summary>Compares the file with what was declared, then reads all of it. Disposes what it has read where it fails.</summary>
    /// <param name="model">The model meant, with its file, for messages.</param>
    /// <param name="device">Where the weights go.</param>
    /// <returns>A hash of names and elements as they stand in the file, in hexadecimal.</returns>
    /// <exception cref="CheckpointMismatchException">Tensors are missing, unexpected or of another shape.</exception>
    public string Load(string model, Device device)
    {
        _ledger.Check(model);

        var hash = new XxHash128();
        var loaded = false;
        try
        {
            foreach (var declaration in _declared) Fill(declaration, hash, device);
            loaded = true;
        }
        finally
        {
            if (!loaded) Dispose();
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var declaration in _declared) declaration.Weight.Empty();
    }

    private Weight Declare((string Name, long[] Shape)[] parts, Func<Tensor[], Tensor> prepare)
    {
        foreach (var (name, shape) in parts) _ledger.Need(name, shape);

        var weight = new Weight();
        _declared.Add(new Declaration([.. parts.Select(part => part.Name)], prepare, weight));
        return weight;
    }

    private void Fill(Declaration declaration, XxHash128 hash, Device device)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] parts = [.. declaration.Names.Select(name => Read(name, hash))];
        var value = declaration.Prepare(parts).contiguous().to(device);

        // A weight must outlive any scope that the caller loads it in.
        declaration.Weight.Fill(value.DetachFromDisposeScope());
    }

    private Tensor Read(string name, XxHash128 hash)
    {
        var data = _ledger.Read(name);
        hash.Append(Encoding.UTF8.GetBytes(name));
        hash.Append(data.Bytes.Span);
        return data.ToTensor().to_type(ScalarType.Float32);
    }

    private sealed record Declaration(string[] Names, Func<Tensor[], Tensor> Prepare, Weight Weight);
}
