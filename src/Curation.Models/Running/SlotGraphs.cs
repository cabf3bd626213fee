using Curation.Models.Catalogue;

namespace Curation.Models.Running;

/// <summary>The opened graphs and the other files of one slot, for its adapter.</summary>
public sealed class SlotGraphs
{
    private readonly Dictionary<string, string> _paths;
    private readonly Func<string, OnnxGraph> _open;
    private readonly Func<string, string, Func<byte[], byte[]>, OnnxGraph> _cut;

    internal SlotGraphs(SlotStatus status, ModelDevice device, Func<string, OnnxGraph> open, Func<string, string, Func<byte[], byte[]>, OnnxGraph> cut)
    {
        (Status, Device, _open, _cut) = (status, device, open, cut);
        _paths = status.Files.Where(file => file.Path is not null).ToDictionary(file => file.File.Name, file => file.Path!, StringComparer.Ordinal);
    }

    /// <summary>What lies in the models folder.</summary>
    public SlotStatus Status { get; }

    /// <summary>Where its graphs run.</summary>
    public ModelDevice Device { get; }

    /// <summary>The slot's first graph, opened.</summary>
    public OnnxGraph Only => Graph(Status.Slot.Files.First(file => file.IsGraph).Name);

    /// <summary>A graph, opened.</summary>
    /// <param name="file">Its name in the catalogue.</param>
    /// <returns>The graph; the registry disposes it.</returns>
    /// <exception cref="ModelUnavailableException">It is not there or cannot be loaded.</exception>
    public OnnxGraph Graph(string file) => _open(PathOf(file));

    /// <summary>A part of a graph, opened.</summary>
    /// <param name="file">Its name in the catalogue.</param>
    /// <param name="part">What to call the part.</param>
    /// <param name="cut">Makes the part's ONNX bytes from the file's.</param>
    /// <returns>The part; the registry disposes it.</returns>
    /// <exception cref="ModelUnavailableException">The file is not there, or the part cannot be loaded.</exception>
    public OnnxGraph Part(string file, string part, Func<byte[], byte[]> cut) => _cut(PathOf(file), part, cut);

    /// <summary>A file that is no graph, such as a vocabulary.</summary>
    /// <param name="file">Its name in the catalogue.</param>
    /// <returns>Full path.</returns>
    /// <exception cref="ModelUnavailableException">It is not there.</exception>
    public string PathOf(string file) => _paths.TryGetValue(file, out var path) ? path : throw new ModelUnavailableException($"{file} is not in the models folder");
}
