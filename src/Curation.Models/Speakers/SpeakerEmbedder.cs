using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speakers;

/// <summary>Slot <c>speaker</c>: CAM++, ERes2Net and other models that turn filter banks into a direction that belongs to a voice.</summary>
public sealed class SpeakerEmbedder
{
    /// <summary>Mel bins.</summary>
    public const int Bins = 80;

    /// <summary>Frames of the filter bank in one second.</summary>
    public const int FramesPerSecond = 100;

    private const string Slot = "speaker";

    /// <summary>Windows in one run.</summary>
    private const int Batch = 16;

    private readonly OnnxGraph _graph;
    private readonly GraphPort _input;
    private readonly GraphPort _output;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">Input [N,T,80] (<c>feature</c> of 3D-Speaker, <c>x</c> of sherpa-onnx, <c>feats</c> of WeSpeaker), output [N,D].</param>
    /// <exception cref="ModelUnavailableException">The graph does not fit.</exception>
    public SpeakerEmbedder(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var contract = new PortFinder(graph, Slot);
        _graph = graph;
        _input = contract.Input(["feature", "x", "feats", "fbank", "input"], [PortFinder.Any, PortFinder.Any, Bins], TensorElementType.Float, TensorElementType.Float16);
        _output = contract.Output(["embedding", "embs", "embedding.1", "output"], [PortFinder.Any, PortFinder.Any]);
    }

    /// <summary>Embeds stretches of one length.</summary>
    /// <param name="features">Each [T,80] Kaldi log filter bank at 16 kHz, 10 ms apart, the same T for all, at least one frame.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>A direction of length 1 for each.</returns>
    /// <remarks>The mean over the frames of each stretch is taken out here, as 3D-Speaker and WeSpeaker do; doing so twice changes nothing.</remarks>
    public IReadOnlyList<float[]> Embed(IReadOnlyList<float[]> features, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0) return [];

        var length = features[0].Length;
        if (length == 0 || length % Bins != 0) throw new ArgumentException($"{length} values are not a whole number of frames of {Bins} bins.", nameof(features));
        if (features.Any(feature => feature.Length != length)) throw new ArgumentException("The stretches are not of one length.", nameof(features));

        var directions = new List<float[]>(features.Count);
        var batch = _input.Shape is [> 0, ..] ? 1 : Batch;
        for (var first = 0; first < features.Count; first += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(batch, features.Count - first);
            var values = new float[count * length];
            for (var i = 0; i < count; i++) WithoutMean(features[first + i], values.AsSpan(i * length, length));
            using var run = new TensorRun();
            var result = run.Add(_input, values, count, length / Bins, Bins).Run(_graph, _output)[0];
            for (var i = 0; i < count; i++) directions.Add(Vectors.Normalised(result.Row(i)));
        }

        return directions;
    }

    private static void WithoutMean(ReadOnlySpan<float> features, Span<float> centred)
    {
        var frames = features.Length / Bins;
        for (var bin = 0; bin < Bins; bin++)
        {
            double sum = 0;
            for (var frame = 0; frame < frames; frame++) sum += features[(frame * Bins) + bin];
            var mean = (float)(sum / frames);
            for (var frame = 0; frame < frames; frame++) centred[(frame * Bins) + bin] = features[(frame * Bins) + bin] - mean;
        }
    }
}
