using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Importing;
using Curation.Models.Importing.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>A decoder in the form of Hugging Face Optimum's decoder_model_merged.onnx: <c>use_cache_branch</c> chooses between projecting
/// <c>encoder_hidden_states</c> and taking the past's projections, and the projections it gives with the cache are empty.</summary>
internal static class MergedDecoder
{
    public static GraphBuilder Build(ITensorSource checkpoint)
    {
        var ledger = new CheckpointLedger(checkpoint, "model_state_dict.");
        var sizes = WhisperSizes.Read(checkpoint, ledger);
        var graph = new GraphBuilder("merged");
        var layers = new CheckpointLayers(graph, ledger);
        var ids = graph.Input("input_ids", ElementType.I64, "batch", "length");
        var hidden = graph.Input("encoder_hidden_states", ElementType.F32, "batch", "positions", sizes.AudioWidth);
        var branch = graph.Input("use_cache_branch", ElementType.Bool, 1);
        GraphTensor[] pasts = [.. WhisperDecoderGraph.Names(sizes, "decoder").Select(name => graph.Input($"past_key_values.{name}", ElementType.F32, "batch", sizes.TextHeads, "past", sizes.TextHeadSize))];

        var sounds = new List<GraphTensor>();
        foreach (var name in WhisperDecoderGraph.Names(sizes, "encoder"))
        {
            var past = graph.Input($"past_key_values.{name}", ElementType.F32, "batch", sizes.TextHeads, "positions_past", sizes.TextHeadSize);
            var parts = name.Split('.');
            var isKey = parts[2] == "key";
            var fresh = graph.SplitHeads(layers.Linear(hidden, $"decoder.blocks.{parts[0]}.cross_attn.{parts[2]}", sizes.AudioWidth, sizes.TextWidth, bias: !isKey), sizes.TextHeads);
            var none = graph.Slice(past, 2, 0, 0);
            sounds.Add(If(graph, branch, past, fresh));
            graph.Output($"present.{name}", If(graph, branch, none, fresh), "batch", sizes.TextHeads, "positions_present", sizes.TextHeadSize);
        }

        WhisperDecoderGraph.AddLayers(layers, sizes, ids, pasts, [.. sounds]);

        // Optimum's decoder does not show its attention.
        foreach (var output in graph.Graph.Output.Where(output => output.Name.StartsWith("cross_attentions", StringComparison.Ordinal)).ToList()) graph.Graph.Output.Remove(output);

        return graph;
    }

    private static GraphTensor If(GraphBuilder graph, GraphTensor condition, GraphTensor then, GraphTensor otherwise)
    {
        var chosen = graph.Node("If", ElementType.F32, [condition]);
        var node = graph.Graph.Node[^1];
        node.Attribute.Add(Branch("then_branch", then, chosen.Name + "_then"));
        node.Attribute.Add(Branch("else_branch", otherwise, chosen.Name + "_else"));
        return chosen;
    }

    private static AttributeProto Branch(string name, GraphTensor value, string output)
    {
        var body = new GraphProto { Name = output };
        body.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { value.Name }, Output = { output } });
        body.Output.Add(new ValueInfoProto { Name = output, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        return new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = body };
    }
}
