using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Scenes;

/// <summary>Slot <c>scene</c>: TransNetV2 finds the pictures at which one shot gives way to the next.</summary>
public sealed class TransNetScenes
{
    /// <summary>Width of the pictures, in pixels.</summary>
    public const int Width = 48;

    /// <summary>Height of the pictures, in pixels.</summary>
    public const int Height = 27;

    /// <summary>Upstream's threshold on the probability.</summary>
    public const double UpstreamThreshold = 0.5;

    private const string Slot = "scene";
    private const int Window = 100;
    private const int Margin = 25;
    private const int Kept = 50;

    private readonly OnnxGraph _graph;
    private readonly GraphPort _input;
    private readonly GraphPort _output;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">One input of any name [1,100,27,48,3] of bytes or of numbers 0..255, output 100 values: the single-frame head.</param>
    /// <exception cref="ModelUnavailableException">The graph does not fit.</exception>
    public TransNetScenes(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var contract = new PortFinder(graph, Slot);
        _graph = graph;
        _input = contract.OnlyInput([PortFinder.Any, Window, Height, Width, 3], TensorElementType.UInt8, TensorElementType.Float);
        _output = contract.Output(["single_frame_pred", "single_frame", "probability", "logits", "output", "output_0", "output_1"], []);
    }

    /// <summary>Gives every picture the probability that the shot changes there.</summary>
    /// <param name="pictures">RGB24 [count, 27, 48, 3], one after the other.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>0..1 for every picture; empty for none.</returns>
    public float[] Probabilities(ReadOnlyMemory<byte> pictures, CancellationToken cancellation = default)
    {
        if (pictures.Length % ShotPicture.Bytes != 0) throw new ArgumentException($"{pictures.Length} bytes are not a whole number of pictures {Width}x{Height} RGB24.", nameof(pictures));

        return Probabilities(pictures.Length / ShotPicture.Bytes, (first, count) => pictures.Slice(first * ShotPicture.Bytes, count * ShotPicture.Bytes), cancellation);
    }

    /// <summary>Gives every picture the probability that the shot changes there, holding one window of pictures at a time.</summary>
    /// <param name="count">How many pictures there are.</param>
    /// <param name="read">Gives so many pictures from an index on, as RGB24 [count, 27, 48, 3].</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>0..1 for every picture; empty for none.</returns>
    /// <remarks>Some exports leave out the last sigmoid: values beyond 0..1 anywhere in a sequence show that, and the sequence is then taken as logits.</remarks>
    public float[] Probabilities(int count, Func<int, int, ReadOnlyMemory<byte>> read, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(read);

        var values = new float[count];
        for (var first = 0; first < count; first += Kept)
        {
            cancellation.ThrowIfCancellationRequested();
            using var run = new TensorRun();
            var result = run.Add(_input, WindowAround(read, first, count), 1, Window, Height, Width, 3).Run(_graph, _output)[0].Values;
            if (result.Length != Window) throw new InvalidDataException($"{_graph.Path} gave {result.Length} values for {Window} pictures");

            result.AsSpan(Margin, Math.Min(Kept, count - first)).CopyTo(values.AsSpan(first));
        }

        return Array.Exists(values, value => value is < 0 or > 1) ? Array.ConvertAll(values, value => (float)Logits.Sigmoid(value)) : values;
    }

    /// <summary>Runs of pictures above the threshold, upstream's reading: such a run belongs to the shot before it.</summary>
    /// <param name="probabilities">One for every picture.</param>
    /// <param name="threshold">0..1.</param>
    /// <returns>Changes of shot in order. A run that reaches the last picture has no next shot and is left out.</returns>
    public static IReadOnlyList<ShotChange> Changes(ReadOnlySpan<float> probabilities, double threshold = UpstreamThreshold)
    {
        var changes = new List<ShotChange>();
        var start = -1;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var above = probabilities[i] > threshold;
            if (above && start < 0) start = i;
            if (above || start < 0) continue;

            var highest = 0f;
            foreach (var value in probabilities[start..i]) highest = Math.Max(highest, value);
            changes.Add(new ShotChange(start, i, highest));
            start = -1;
        }

        return changes;
    }

    /// <remarks>Upstream pads with copies of the first and the last picture.</remarks>
    private static byte[] WindowAround(Func<int, int, ReadOnlyMemory<byte>> read, int first, int count)
    {
        var (from, to) = (Math.Max(0, first - Margin), Math.Min(count, first - Margin + Window));
        var known = read(from, to - from).Span;
        var window = new byte[Window * ShotPicture.Bytes];
        for (var i = 0; i < Window; i++)
        {
            var picture = Math.Clamp(first - Margin + i, from, to - 1) - from;
            known.Slice(picture * ShotPicture.Bytes, ShotPicture.Bytes).CopyTo(window.AsSpan(i * ShotPicture.Bytes));
        }

        return window;
    }
}
