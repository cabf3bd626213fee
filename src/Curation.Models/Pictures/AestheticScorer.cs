using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Pictures;

/// <summary>Slot <c>aesthetic</c>: CLIP ViT-L/14 picture embeddings and the LAION aesthetic predictor v2 head over them.</summary>
public sealed class AestheticScorer
{
    private const string Slot = "aesthetic";

    private readonly OnnxGraph _vision;
    private readonly OnnxGraph _head;
    private readonly GraphPort _visionInput;
    private readonly GraphPort _visionOutput;
    private readonly GraphPort _headInput;
    private readonly GraphPort _headOutput;

    /// <summary>Checks that the graphs fit.</summary>
    /// <param name="vision">Input <c>pixel_values</c> [N,3,224,224], output <c>image_embeds</c> [N,768].</param>
    /// <param name="head">The imported head: input <c>image_embeds</c> [N,768], output <c>score</c>, one each.</param>
    /// <exception cref="ModelUnavailableException">A graph does not fit, or the two do not fit each other.</exception>
    public AestheticScorer(OnnxGraph vision, OnnxGraph head)
    {
        ArgumentNullException.ThrowIfNull(vision);
        ArgumentNullException.ThrowIfNull(head);
        (_vision, _head) = (vision, head);
        var visionContract = new PortFinder(vision, Slot);
        _visionInput = visionContract.Input(["pixel_values", "input"], [PortFinder.Any, 3, PortFinder.Any, PortFinder.Any], TensorElementType.Float, TensorElementType.Float16);
        _visionOutput = visionContract.Output(["image_embeds", "embedding"], [PortFinder.Any, PortFinder.Any]);
        var headContract = new PortFinder(head, Slot);
        _headInput = headContract.Input(["image_embeds", "embedding", "input"], [PortFinder.Any, _visionOutput.Size(1, PortFinder.Any)], TensorElementType.Float, TensorElementType.Float16);
        _headOutput = headContract.Output(["score", "output"], []);
        Side = _visionInput.Size(3, 224);
    }

    /// <summary>Width and height of the pictures, in pixels.</summary>
    public int Side { get; }

    /// <summary>Scores a clip's pictures.</summary>
    /// <param name="pictures">[N,3,<see cref="Side"/>,<see cref="Side"/>] normalised with CLIP's means and deviations, at least one.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Mean of the pictures' scores; about 1 (poor) to 10 (beautiful), not bounded by the head.</returns>
    public double Score(float[] pictures, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var embeddings = PictureBatch.Run(_vision, _visionInput, _visionOutput, pictures, [3, Side, Side], cancellation);

        // Upstream divides by the L2 norm before its head. The imported head does so itself; twice changes nothing.
        float[] directions = [.. embeddings.SelectMany(embedding => Vectors.Normalised(embedding))];
        return PictureBatch.Run(_head, _headInput, _headOutput, directions, [embeddings[0].Length], cancellation).Average(score => (double)score[0]);
    }
}
