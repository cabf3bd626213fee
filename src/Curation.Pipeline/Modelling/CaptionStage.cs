using Curation.Models.Captioning;
using Curation.Models.Features;
using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>What is seen and heard, in words: by the local captioner (<c>caption.video</c>) and by every endpoint that is configured.</summary>
internal sealed class CaptionStage : IModelStage
{
    public IReadOnlyList<(string Slot, string Measurement)> Makes => [];

    public async Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken)
    {
        if (await models.FindAsync("caption.video", cancellationToken) is { } model
            && await models.Slots.OpenAsync("caption.video", Open, cancellationToken) is { } captioner)
        {
            var stills = await media.StillsAsync();
            var middle = stills[stills.Count / 2];
            var input = PictureInput.Florence2 with { Side = captioner.Side };
            var planes = new float[input.Length];
            input.Write(middle.Rgb, middle.Width, middle.Height, planes);
            if (captioner.Caption(planes, cancellationToken) is { } caption) state = state with { Annotations = [.. state.Annotations, caption.ToAnnotation(model.Name, model.Version)] };
        }

        return await EndpointAnswers.CaptionAsync(state, media, models, cancellationToken);
    }

    private static FlorenceCaptioner Open(SlotGraphs graphs) => new(
        new FlorenceGraphs(graphs.Graph("vision_encoder.onnx"), graphs.Graph("embed_tokens.onnx"), graphs.Graph("encoder_model.onnx"), graphs.Graph("decoder_model_merged.onnx")),
        BartTokenizer.Load(Path.GetDirectoryName(graphs.PathOf("tokenizer.json"))!));
}
