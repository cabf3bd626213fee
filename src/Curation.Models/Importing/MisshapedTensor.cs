namespace Curation.Models.Importing;

/// <summary>A tensor of a checkpoint that has another shape than the model needs.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Expected">The sizes the model needs; 0 where a size follows from a tensor that is missing.</param>
/// <param name="Found">The sizes in the checkpoint.</param>
public sealed record MisshapedTensor(string Name, IReadOnlyList<long> Expected, IReadOnlyList<long> Found)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} (expected [{string.Join(", ", Expected.Select(size => size == 0 ? "?" : $"{size}"))}], found [{string.Join(", ", Found)}])";
}
