using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Curation.Models.Running;
using Curation.Models.Tests.Importing;

namespace Curation.Models.Tests.Alignment;

/// <summary>The graphs of a fixture's checkpoint, imported and opened.</summary>
internal sealed class ImportedGraphs : IDisposable
{
    private readonly List<OnnxGraph> _graphs = [];

    public ImportedGraphs(string slot, ParityCase parity, string file)
    {
        using var checkpoint = CheckpointFile.Open(parity.Checkpoint(file));
        var paths = ModelImporters.For(slot).Import(checkpoint, parity.Folder, new ImportOptions(), TestContext.Current.CancellationToken);
        _graphs.AddRange(paths.Select(path => OnnxGraph.Open(path, new ModelDevice(Threads: 2))));
    }

    public OnnxGraph WithInput(string name) => _graphs.Single(graph => graph.Inputs.ContainsKey(name));

    public void Dispose()
    {
        foreach (var graph in _graphs) graph.Dispose();
    }
}
