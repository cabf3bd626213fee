using Curation.Models.Checkpoints;

namespace Curation.Models.Importing;

/// <summary>Turns one model's published checkpoint into the ONNX graphs of a slot.</summary>
public interface IModelImporter
{
    /// <summary>The slot that runs the graphs, such as <c>sync</c>.</summary>
    string Slot { get; }

    /// <summary>The model and the checkpoint meant, in words.</summary>
    string Model { get; }

    /// <summary>Names of the graphs inside an output folder.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Writes the graphs. Nothing is written before the whole checkpoint's names and shapes have been checked.</summary>
    /// <param name="checkpoint">The checkpoint's tensors.</param>
    /// <param name="outputPath">A folder, or, for a model of one graph, a path that ends in <c>.onnx</c>.</param>
    /// <param name="options">How to write them.</param>
    /// <param name="cancellationToken">Stops between two weights.</param>
    /// <returns>Full paths of the graphs written, in the order of <see cref="Files"/>.</returns>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another model; the message lists every difference.</exception>
    IReadOnlyList<string> Import(ITensorSource checkpoint, string outputPath, ImportOptions options, CancellationToken cancellationToken);
}
