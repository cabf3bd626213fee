using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Importing.ImageBind;

/// <summary>
/// What follows ImageBind's heads: unit length, and for audio and text a factor from the checkpoint. Single precision even in a
/// half graph: the squares of a thousand numbers and the factor of text (up to 100) would cost half its last digits.
/// </summary>
internal static class Embedding
{
    /// <summary>The norm below which PyTorch's <c>normalize</c> stops dividing by it.</summary>
    private const double SmallestNorm = 1e-12;

    /// <summary>Upper limit of the factor.</summary>
    private const float LargestScale = 100;

    /// <summary>Adds the outputs <c>embedding</c> and <c>head</c>.</summary>
    /// <param name="layers">Graph and checkpoint.</param>
    /// <param name="head">[n, width].</param>
    /// <param name="width">Width of the embedding.</param>
    /// <param name="scaledModality">The modality whose factor applies; null for none.</param>
    public static void Output(CheckpointLayers layers, GraphTensor head, long width, string? scaledModality)
    {
        var graph = layers.Graph;
        var single = graph.Cast(head, ElementType.F32);
        var embedding = Unit(graph, single);
        if (scaledModality is not null)
        {
            var name = $"modality_postprocessors.{scaledModality}.1.log_logit_scale";
            layers.Ledger.Need(name);
            embedding = graph.Multiply(embedding, graph.Weight(name, [], () => Scale(layers.Ledger.Read(name)), ElementType.F32));
        }

        graph.Scope = "";
        graph.Output("embedding", embedding, "batch", width);
        graph.Output("head", single, "batch", width);
    }

    /// <summary>Divides by the Euclidean norm of the last dimension, as <c>torch.nn.functional.normalize</c> does.</summary>
    public static GraphTensor Unit(GraphBuilder graph, GraphTensor x)
    {
        var norm = graph.Node("ReduceL2", x.Type, [x, graph.Constant(-1)], GraphSetting.Of("keepdims", 1L));
        return graph.Divide(x, graph.Node("Max", x.Type, [norm, graph.Number(SmallestNorm, x.Type)]));
    }

    private static TensorData Scale(TensorData logarithm) => TensorData.FromFloats([], [Math.Min(MathF.Exp(logarithm.ToFloats()[0]), LargestScale)]);
}
