using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Pictures;

/// <summary>Slot <c>safety</c>: a picture classifier with a class for pictures that are not safe for work, such as Falconsai/nsfw_image_detection.</summary>
public sealed class SafetyClassifier
{
    private const string Slot = "safety";

    private readonly OnnxGraph _graph;
    private readonly GraphPort _input;
    private readonly GraphPort _output;
    private readonly int _unsafe;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">Input <c>pixel_values</c> [N,3,S,S], output <c>logits</c> [N, classes].</param>
    /// <param name="labels">Names of the classes, from the <c>config.json</c> beside the model; one of them is <c>nsfw</c>, <c>unsafe</c> or <c>porn</c>.</param>
    /// <exception cref="ModelUnavailableException">The graph or the labels do not fit.</exception>
    public SafetyClassifier(OnnxGraph graph, LabelList labels)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(labels);
        var contract = new PortFinder(graph, Slot);
        _graph = graph;
        _input = contract.Input(["pixel_values", "input"], [PortFinder.Any, 3, PortFinder.Any, PortFinder.Any], TensorElementType.Float, TensorElementType.Float16);
        _output = contract.Output(["logits", "output"], [PortFinder.Any, labels.Labels.Count]);
        _unsafe = labels.IndexOf("nsfw") ?? labels.IndexOf("unsafe") ?? labels.IndexOf("porn")
            ?? throw new ModelUnavailableException($"slot {Slot} expects a label nsfw, unsafe or porn, but the config.json of {graph.Path} names {string.Join(", ", labels.Labels)}");
        Side = _input.Size(3, 224);
    }

    /// <summary>Width and height of the pictures, in pixels.</summary>
    public int Side { get; }

    /// <summary>Scores a clip's pictures.</summary>
    /// <param name="pictures">[N,3,<see cref="Side"/>,<see cref="Side"/>], (value / 255 - 0.5) / 0.5, at least one.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>The score of the clip and of each picture.</returns>
    public SafetyScore Score(float[] pictures, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var rows = PictureBatch.Run(_graph, _input, _output, pictures, [3, Side, Side], cancellation);
        double[] unsafePictures = [.. rows.Select(row => Logits.Softmax(row)[_unsafe])];
        return new SafetyScore(unsafePictures.Max(), unsafePictures.Average(), unsafePictures);
    }
}
