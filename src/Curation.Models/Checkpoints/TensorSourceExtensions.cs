namespace Curation.Models.Checkpoints;

/// <summary>Views of a tensor source.</summary>
public static class TensorSourceExtensions
{
    /// <summary>Shows only the tensors under a name, without it: <c>model.head.weight</c> becomes <c>head.weight</c> under <c>model</c>.</summary>
    /// <param name="source">The whole; the view owns it and disposes it.</param>
    /// <param name="root">The name, without a dot at its end.</param>
    /// <returns>The view; empty where nothing has that name.</returns>
    public static ITensorSource Under(this ITensorSource source, string root)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(root);

        return new SubtreeSource(source, root + ".");
    }

    private sealed class SubtreeSource(ITensorSource source, string prefix) : ITensorSource
    {
        public IReadOnlyDictionary<string, TensorInfo> Tensors { get; } = source.Tensors
            .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value, StringComparer.Ordinal);

        public TensorData Read(string name) => source.Read(prefix + name);

        public void Dispose() => source.Dispose();
    }
}
