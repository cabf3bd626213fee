using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Training.State;

/// <summary>Fills tensors by name from a file.</summary>
public static class TensorLoad
{
    private const int Listed = 5;

    /// <summary>Fills what both have; a number is rounded where the target's type is narrower.</summary>
    /// <param name="source">The file.</param>
    /// <param name="targets">The tensors to fill, by name; those without a value in the file stay as they are.</param>
    /// <returns>The names that only one of the two has.</returns>
    /// <exception cref="CheckpointException">A tensor of the file has another shape; the first one by name is named with both shapes, and nothing was filled.</exception>
    public static TensorLoadReport Fill(ITensorSource source, IReadOnlyDictionary<string, Tensor> targets)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(targets);

        var names = targets.Keys.Where(source.Tensors.ContainsKey).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            var stored = source.Tensors[name].Shape;
            if (!stored.SequenceEqual(targets[name].shape)) throw new CheckpointException($"'{name}' is [{string.Join(", ", stored)}] in the checkpoint and [{string.Join(", ", targets[name].shape)}] here: the model is of another size. Nothing was loaded.");
        }

        using var withoutGradients = no_grad();
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            targets[name].copy_(source.Read(name).ToTensor());
        }

        return new TensorLoadReport(
            [.. targets.Keys.Where(name => !source.Tensors.ContainsKey(name)).Order(StringComparer.Ordinal)],
            [.. source.Tensors.Keys.Where(name => !targets.ContainsKey(name)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Fills all, where the file has exactly these tensors.</summary>
    /// <param name="source">The file.</param>
    /// <param name="targets">The tensors to fill, by name.</param>
    /// <exception cref="CheckpointException">A tensor is missing, is not expected or has another shape; nothing was filled.</exception>
    public static void FillExactly(ITensorSource source, IReadOnlyDictionary<string, Tensor> targets)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(targets);

        var missing = targets.Keys.Where(name => !source.Tensors.ContainsKey(name)).ToList();
        var unexpected = source.Tensors.Keys.Where(name => !targets.ContainsKey(name)).ToList();
        if (missing.Count + unexpected.Count > 0) throw new CheckpointException($"The checkpoint is of another model: it lacks {List(missing)} and has {List(unexpected)} that this one does not know. Nothing was loaded.");

        Fill(source, targets);
    }

    private static string List(List<string> names) => names.Count == 0 ? "nothing" : $"{string.Join(", ", names.Order(StringComparer.Ordinal).Take(Listed).Select(name => $"'{name}'"))}{(names.Count > Listed ? $" and {names.Count - Listed} more" : "")}";
}
