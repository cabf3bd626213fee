using Curation.Models.Checkpoints;

namespace Curation.Models.Graphs;

/// <summary>A weight of a graph, read only when the graph is written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Stored">Type and shape as the file will hold them.</param>
/// <param name="Read">Reads the elements; any floating type is converted to the stored one.</param>
internal sealed record GraphWeight(string Name, TensorInfo Stored, Func<TensorData> Read)
{
    /// <summary>Bytes in the file.</summary>
    public long ByteCount => checked(Stored.Count * Stored.ElementBytes);
}
