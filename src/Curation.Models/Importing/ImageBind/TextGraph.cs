using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Importing.ImageBind;

/// <summary>ImageBind's text tower: input <c>text</c> [N, 77], token numbers of CLIP's vocabulary. The end token, whose place is read, is the highest number of a row.</summary>
internal static class TextGraph
{
    private const string Prefix = "modality_preprocessors.text";
    private const long Heads = 16;
    private const long Tokens = 77;

    /// <summary>Adds the tower.</summary>
    public static void Add(CheckpointLayers layers, GraphProbe? probe)
    {
        var (graph, ledger) = (layers.Graph, layers.Ledger);
        var vocabulary = ledger.Size($"{Prefix}.token_embedding.weight", 0);
        var width = ledger.Size($"{Prefix}.token_embedding.weight", 1);
        var input = graph.Input("text", ElementType.I64, "batch", Tokens);

        graph.Scope = "text/tokens";
        var x = graph.Gather(layers.Tensor($"{Prefix}.token_embedding.weight", vocabulary, width), input);
        x = graph.Add(x, layers.Tensor($"{Prefix}.pos_embed", 1, Tokens, width));
        x = Trunk.Add(layers, x, "text", width, Heads, extraKey: false, layers.Tensor($"{Prefix}.mask", Tokens, Tokens), probe);

        // Token numbers are exact in single precision, and ArgMax over whole numbers is missing on GPUs.
        var end = graph.Node("ArgMax", ElementType.I64, [graph.Cast(input, ElementType.F32)], GraphSetting.Of("axis", 1L), GraphSetting.Of("keepdims", 1L));
        x = graph.Node("GatherND", x.Type, [x, end], GraphSetting.Of("batch_dims", 1L));
        x = layers.LayerNorm(x, "modality_heads.text.proj.0", width, Trunk.Epsilon);
        var outputs = ledger.Size("modality_heads.text.proj.1.weight", 0);
        Embedding.Output(layers, layers.Linear(x, "modality_heads.text.proj.1", width, outputs, bias: false), outputs, "text");
    }
}
