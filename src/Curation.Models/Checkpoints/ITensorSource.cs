namespace Curation.Models.Checkpoints;

/// <summary>Named tensors of a file, read one at a time so that a checkpoint larger than memory can be converted.</summary>
public interface ITensorSource : IDisposable
{
    /// <summary>Every tensor's name with its type and shape.</summary>
    IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">A key of <see cref="Tensors"/>.</param>
    /// <returns>Its elements, row-major.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor; the message lists near names.</exception>
    TensorData Read(string name);
}
