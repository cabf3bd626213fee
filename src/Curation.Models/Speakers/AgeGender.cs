using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Speakers;

/// <summary>Slot <c>speaker_attributes</c>: audEERING's wav2vec 2.0 for age and gender.</summary>
public sealed class AgeGender
{
    /// <summary>Samples in one second.</summary>
    public const int SampleRate = 16000;

    /// <summary>Shorter sound is not judged: 0.5 s, uncalibrated.</summary>
    public const int ShortestSamples = SampleRate / 2;

    /// <summary>Longer sound is cut to its middle, because attention's memory grows with the square: 20 s.</summary>
    public const int LongestSamples = SampleRate * 20;

    private const string Slot = "speaker_attributes";

    private readonly OnnxGraph _graph;
    private readonly GraphPort _signal;
    private readonly GraphPort _age;
    private readonly GraphPort _gender;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">Input <c>signal</c> [N,T], outputs <c>logits_age</c> [N,1] and <c>logits_gender</c> [N,3] (female, male, child).</param>
    /// <exception cref="ModelUnavailableException">The graph does not fit.</exception>
    public AgeGender(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var contract = new PortFinder(graph, Slot);
        _graph = graph;
        _signal = contract.Input(["signal", "input_values"], [PortFinder.Any, PortFinder.Any], TensorElementType.Float, TensorElementType.Float16);
        _age = contract.Output(["logits_age"], [PortFinder.Any, 1]);
        _gender = contract.Output(["logits_gender"], [PortFinder.Any, 3]);
    }

    /// <summary>Judges one speaker's sound.</summary>
    /// <param name="samples">Mono at 16 kHz, one speaker only.</param>
    /// <returns>Age and gender; null for less than <see cref="ShortestSamples"/>.</returns>
    public SpeakerAttributes? Judge(ReadOnlySpan<float> samples)
    {
        if (samples.Length < ShortestSamples) return null;
        if (samples.Length > LongestSamples) samples = samples.Slice((samples.Length - LongestSamples) / 2, LongestSamples);

        using var run = new TensorRun();
        var results = run.Add(_signal, samples.ToArray(), 1, samples.Length).Run(_graph, _age, _gender);
        var genders = Probabilities(results[1].Row(0));

        // The age head is linear, so that it may leave 0..1 a little.
        return new SpeakerAttributes(Math.Clamp(results[0].Values[0], 0, 1) * 100.0, genders[0], genders[1], genders[2]);
    }

    /// <remarks>Upstream's PyTorch model ends in a softmax, an export named logits need not; three values in 0..1 that sum to 1 are probabilities already.</remarks>
    private static double[] Probabilities(ReadOnlySpan<float> values)
    {
        double[] numbers = [values[0], values[1], values[2]];
        return Array.TrueForAll(numbers, number => number is >= 0 and <= 1) && Math.Abs(numbers.Sum() - 1) < 1e-3 ? numbers : Logits.Softmax(values);
    }
}
