using Curation.Models.Captioning;
using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>What is seen, in words: by the local captioner (<c>caption.video</c>).</summary>
internal sealed class CaptionStage : IModelStage
{
    public IReadOnlyList<(string Slot, string Measurement)> Makes => [];

    public Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken) =>
        SlotStep.RunAsync(state, "caption.video", () => CaptionAsync(state, media, models, cancellationToken));

    private static async Task<ClipState> CaptionAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("caption.video", cancellationToken) is not { } model
            || await models.Slots.OpenAsync("caption.video", Open, cancellationToken) is not { } captioner)
        {
            return state;
        }

        var stills = await media.StillsAsync();
        var middle = stills[stills.Count / 2];
        return captioner.Caption(middle.Rgb, middle.Width, middle.Height, cancellationToken) is { } caption
            ? state with { Annotations = [.. state.Annotations, caption.ToAnnotation(model.Name, model.Version)] }
            : state;
    }

    private static FlorenceCaptioner Open(SlotGraphs graphs) => new(
        new FlorenceGraphs(graphs.Graph("vision_encoder.onnx"), graphs.Graph("embed_tokens.onnx"), graphs.Graph("encoder_model.onnx"), graphs.Graph("decoder_model_merged.onnx")),
        BartTokenizer.Load(Path.GetDirectoryName(graphs.PathOf("tokenizer.json"))!));
}
