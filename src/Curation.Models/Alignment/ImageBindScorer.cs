using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Alignment;

/// <summary>Slot <c>semantic</c>: how well a clip's sound belongs to its picture, by the cosine of ImageBind's embeddings.</summary>
/// <remarks>
/// Upstream multiplies sound embeddings by a learned logit scale and averages the pieces of a clip after that. A cosine
/// must not depend on the scale, so every piece is brought to length 1, then averaged, then compared.
/// </remarks>
public sealed class ImageBindScorer
{
    private const string Slot = "semantic";

    private static readonly int[] PictureShape = [3, 2, 224, 224];
    private static readonly int[] SoundShape = [1, 128, 204];

    private readonly OnnxGraph _vision;
    private readonly OnnxGraph _audio;
    private readonly GraphPort _visionInput;
    private readonly GraphPort _visionOutput;
    private readonly GraphPort _audioInput;
    private readonly GraphPort _audioOutput;

    /// <summary>Checks that the graphs fit.</summary>
    /// <param name="vision">Input <c>vision</c> [N,3,2,224,224], output <c>embedding</c> [N,D].</param>
    /// <param name="audio">Input <c>audio</c> [N,1,128,204], output <c>embedding</c> [N,D].</param>
    /// <exception cref="ModelUnavailableException">A graph does not fit, or the two do not fit each other.</exception>
    public ImageBindScorer(OnnxGraph vision, OnnxGraph audio)
    {
        ArgumentNullException.ThrowIfNull(vision);
        ArgumentNullException.ThrowIfNull(audio);
        (_vision, _audio) = (vision, audio);
        var visionContract = new PortFinder(vision, Slot);
        _visionInput = visionContract.Input(["vision"], [PortFinder.Any, .. PictureShape], TensorElementType.Float, TensorElementType.Float16);
        _visionOutput = visionContract.Output(["embedding"], [PortFinder.Any, PortFinder.Any]);
        var audioContract = new PortFinder(audio, Slot);
        _audioInput = audioContract.Input(["audio"], [PortFinder.Any, .. SoundShape], TensorElementType.Float, TensorElementType.Float16);
        _audioOutput = audioContract.Output(["embedding"], [PortFinder.Any, _visionOutput.Size(1, PortFinder.Any)]);
    }

    /// <summary>Compares a clip's picture and sound.</summary>
    /// <param name="pictures">[N,3,2,224,224], at least one piece, ImageBind's own normalisation.</param>
    /// <param name="sound">[M,1,128,204], at least one piece, ImageBind's own normalisation.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <returns>Cosine of the mean directions, -1..1.</returns>
    public double Similarity(float[] pictures, float[] sound, CancellationToken cancellation = default) =>
        Vectors.Cosine(PictureDirection(pictures, cancellation), SoundDirection(sound, cancellation));

    /// <summary>Direction of a clip's picture.</summary>
    /// <param name="pictures">[N,3,2,224,224], at least one piece.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] PictureDirection(float[] pictures, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return Vectors.MeanDirection(Pieces(_vision, _visionInput, _visionOutput, pictures, PictureShape, cancellation));
    }

    /// <summary>Direction of a clip's sound.</summary>
    /// <param name="sound">[M,1,128,204], at least one piece.</param>
    /// <param name="cancellation">Stops between pieces.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] SoundDirection(float[] sound, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sound);
        return Vectors.MeanDirection(Pieces(_audio, _audioInput, _audioOutput, sound, SoundShape, cancellation));
    }

    private static List<float[]> Pieces(OnnxGraph graph, GraphPort input, GraphPort output, float[] values, int[] shape, CancellationToken cancellation)
    {
        var length = shape.Aggregate(1, (product, size) => product * size);
        if (values.Length == 0 || values.Length % length != 0) throw new ArgumentException($"{values.Length} values are not a whole number of pieces [{string.Join(", ", shape)}].", nameof(values));

        var embeddings = new List<float[]>();

        // One piece at a time: at the published size a piece alone fills the processor, and a batch would only cost memory.
        for (var first = 0; first < values.Length; first += length)
        {
            cancellation.ThrowIfCancellationRequested();
            using var run = new TensorRun();
            var piece = values.AsSpan(first, length).ToArray();
            embeddings.Add(run.Add(input, piece, [1, .. shape.Select(size => (long)size)]).Run(graph, output)[0].Row(0).ToArray());
        }

        return embeddings;
    }
}
