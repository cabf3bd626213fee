using Curation.Models.Pictures;
using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>The two graphs of the slot <c>aesthetic</c>: CLIP's picture tower, and the imported head.</summary>
internal static class AestheticGraphs
{
    public static AestheticScorer Open(SlotGraphs graphs)
    {
        var files = graphs.Status.Slot.Files.Where(file => file.IsGraph).Select(file => file.Name).ToList();
        return new AestheticScorer(graphs.Graph(files[0]), graphs.Graph(files[1]));
    }
}
