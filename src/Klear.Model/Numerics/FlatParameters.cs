using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// n elements of a flat buffer, padding between parameters included

/// <summary>
/// All trained parameters of a module as views of one buffer, and their gradients as views of another, so that an optimiser step,
/// an average, a norm or an exchange between processes is a few operations over the whole instead of a few for every tensor.
/// </summary>
/// <remarks>
/// The buffer of single precision is the truth: it is what is optimised, averaged and saved. With bfloat16 as compute type
/// the module's parameters are views of a rounded copy, <see cref="CollectGradients"/> adds their gradients to those of single
/// precision after each backward pass, and <see cref="CopyToModule()"/> rounds anew after each step. bfloat16 has the exponents of single
/// precision, so that no loss scaling is needed. Changing the compute type is torch's <c>to</c>: it replaces the module's
/// parameters, and converts its buffers and tensor fields of floating point too.
/// The module must not be converted, moved or have its gradients set to null afterwards. Frozen parameters stay where they are.
/// Decaying parameters come first, each starts on a multiple of 32 elements, and the padding is zero and stays zero.
/// </remarks>
public sealed class FlatParameters : IDisposable
{
    // 64 bytes of bfloat16: a cache line, and more than the 16 bytes that fast matrix kernels of GPUs want.
    private const long AlignmentElements = 32;

    // A buffer as long as the others would cost a quarter more memory than an optimiser needs, and one made anew in each step costs more time than the arithmetic.
    private const long ScratchElements = 1 << 22;

    private readonly Tensor _working_n;
    private readonly Tensor _workingGradient_n;

    // Room for intermediate values; shorter than the buffers where those are long.
    private readonly Tensor _scratch;

    /// <summary>Moves a module's trained parameters into the buffers; their values stay.</summary>
    /// <param name="module">On one device, its trained parameters in any floating type.</param>
    /// <param name="computeType">Float32 or BFloat16: what the module computes in.</param>
    /// <param name="decays">Whether a parameter takes part in weight decay, by name and value; null for all but embeddings and those of fewer than two dimensions (biases and norms).</param>
    /// <exception cref="ArgumentException">Nothing is trained, the parameters lie on several devices, or the type is neither.</exception>
    public FlatParameters(nn.Module module, ScalarType computeType = ScalarType.Float32, Func<string, Tensor, bool>? decays = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (computeType is not (ScalarType.Float32 or ScalarType.BFloat16)) throw new ArgumentException($"Computing in {computeType} is not supported, only Float32 and BFloat16 are.", nameof(computeType));

        ComputeType = computeType;
        var trained = Trained(module);
        if (trained.Count == 0) throw new ArgumentException("The module has no parameter that requires a gradient.", nameof(module));
        var devices = trained.Select(parameter => parameter.Value.device.ToString()).Distinct().ToList();
        if (devices.Count > 1) throw new ArgumentException($"The parameters lie on several devices: {string.Join(", ", devices)}.", nameof(module));

        decays ??= DecaysByDefault(module);
        Ranges = LayOut(trained, decays, out var decayed, out var length);
        (DecayedLength, Length, Count) = (decayed, length, Ranges.Sum(range => range.Count));

        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var device = trained[Ranges[0].Name].device;
        Master = zeros(length, ScalarType.Float32, device).DetachFromDisposeScope();
        Gradient = zeros(length, ScalarType.Float32, device).DetachFromDisposeScope();
        _scratch = zeros(Math.Min(length, ScratchElements), ScalarType.Float32, device).DetachFromDisposeScope();
        foreach (var range in Ranges) View(Master, range).copy_(trained[range.Name]);

        if (module.parameters().Any(parameter => parameter.dtype != computeType)) module.to(computeType);
        (_working_n, _workingGradient_n) = computeType == ScalarType.Float32
            ? (Master, Gradient)
            : (Master.to(computeType).DetachFromDisposeScope(), zeros(length, computeType, device).DetachFromDisposeScope());

        trained = Trained(module);
        foreach (var range in Ranges)
        {
            var parameter = trained[range.Name];
            parameter.set_(View(_working_n, range));
            parameter.grad = View(_workingGradient_n, range);
        }
    }

    /// <summary>What the module computes in.</summary>
    public ScalarType ComputeType { get; }

    /// <summary>Every trained parameter's place, in the buffers' order; a parameter that the module holds twice stands here once.</summary>
    public IReadOnlyList<FlatRange> Ranges { get; }

    /// <summary>Trained parameters, padding left out.</summary>
    public long Count { get; }

    /// <summary>Elements of the buffers, padding included.</summary>
    public long Length { get; }

    /// <summary>The first so many elements hold the parameters that decay.</summary>
    public long DecayedLength { get; }

    /// <summary>The parameters in single precision [n]; call <see cref="CopyToModule()"/> after writing to it.</summary>
    public Tensor Master { get; }

    /// <summary>The gradients in single precision [n].</summary>
    public Tensor Gradient { get; }

    /// <summary>Forgets all gradients.</summary>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        Gradient.zero_();
        if (ComputeType != ScalarType.Float32) _workingGradient_n.zero_();
    }

    /// <summary>Adds what the module's backward passes have left since the last call to <see cref="Gradient"/>. Without effect where the module computes in single precision, for there they are one.</summary>
    public void CollectGradients()
    {
        if (ComputeType == ScalarType.Float32) return;

        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        foreach (var (start, count) in Parts())
        {
            // An addition of two types would convert into a buffer of its own.
            var part = _scratch.narrow(0, 0, count).copy_(_workingGradient_n.narrow(0, start, count));
            Gradient.narrow(0, start, count).add_(part);
        }

        _workingGradient_n.zero_();
    }

    /// <summary>Lets the module compute with what <see cref="Master"/> holds. Without effect where the module computes in single precision, for there they are one.</summary>
    public void CopyToModule()
    {
        if (ComputeType != ScalarType.Float32) CopyToModule(Master);
    }

    /// <summary>The parameters' parts of a flat buffer by name: of <see cref="Master"/>, of an optimiser's moment, of an average.</summary>
    /// <param name="flat_n">A buffer of <see cref="Length"/> elements.</param>
    /// <returns>Views that share its memory, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The buffer has another length.</exception>
    public IReadOnlyDictionary<string, Tensor> Views(Tensor flat_n)
    {
        ArgumentNullException.ThrowIfNull(flat_n);
        if (flat_n.dim() != 1 || flat_n.numel() != Length) throw new ArgumentException($"A buffer of [{string.Join(", ", flat_n.shape)}] is not one of [{Length}].", nameof(flat_n));

        return Ranges.ToDictionary(range => range.Name, range => View(flat_n, range), StringComparer.Ordinal);
    }

    /// <summary>All that a checkpoint of the module holds: its trained parameters in single precision, and its frozen ones and buffers as they are.</summary>
    /// <param name="module">The module of the buffers.</param>
    /// <returns>Tensors by name that share the module's and the buffers' memory; after filling them from a checkpoint, call <see cref="CopyToModule()"/>.</returns>
    public IReadOnlyDictionary<string, Tensor> StateOf(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var state = new Dictionary<string, Tensor>(module.state_dict(), StringComparer.Ordinal);
        foreach (var (name, view) in Views(Master)) state[name] = view;
        return state;
    }

    /// <summary>Frees the buffers that the module does not use; the module keeps its parameters.</summary>
    public void Dispose()
    {
        _working_n.Dispose();
        _workingGradient_n.Dispose();
        Master.Dispose();
        Gradient.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Lets the module compute with other values than <see cref="Master"/>'s; in single precision they replace those.</summary>
    internal void CopyToModule(Tensor flat_n)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        _working_n.copy_(flat_n);
    }

    private IEnumerable<(long Start, long Count)> Parts()
    {
        for (var start = 0L; start < Length; start += _scratch.numel()) yield return (start, Math.Min(_scratch.numel(), Length - start));
    }

    private static Dictionary<string, Parameter> Trained(nn.Module module)
    {
        var seen = new HashSet<IntPtr>();
        var trained = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (parameter.requires_grad && seen.Add(parameter.Handle)) trained.Add(name, parameter);
        }

        return trained;
    }

    private static Func<string, Tensor, bool> DecaysByDefault(nn.Module module)
    {
        var embeddings = module.named_modules().Where(child => child.module is Embedding).Select(child => $"{child.name}.weight").ToHashSet(StringComparer.Ordinal);
        return (name, value) => value.dim() >= 2 && !embeddings.Contains(name);
    }

    private static List<FlatRange> LayOut(Dictionary<string, Parameter> trained, Func<string, Tensor, bool> decays, out long decayed, out long length)
    {
        var ranges = new List<FlatRange>();
        var offset = 0L;
        decayed = 0;
        foreach (var group in trained.ToLookup(parameter => decays(parameter.Key, parameter.Value)).OrderByDescending(group => group.Key))
        {
            foreach (var (name, parameter) in group)
            {
                ranges.Add(new FlatRange(name, [.. parameter.shape], offset, parameter.numel(), group.Key));
                offset += (parameter.numel() + AlignmentElements - 1) / AlignmentElements * AlignmentElements;
            }

            if (group.Key) decayed = offset;
        }

        length = offset;
        return ranges;
    }

    private static Tensor View(Tensor flat_n, FlatRange range)
    {
        using var whole = flat_n.narrow(0, range.Offset, range.Count);
        return whole.view([.. range.Shape]);
    }
}
