using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Tagging;

/// <summary>Slot <c>tagger</c>: the Audio Spectrogram Transformer trained on AudioSet.</summary>
public sealed class AudioTagger
{
    /// <summary>Frames of one window: 10.24 s.</summary>
    public const int Frames = 1024;

    /// <summary>Mel bins.</summary>
    public const int Bins = 128;

    private const string Slot = "tagger";

    /// <summary>AudioSet's "Singing" and the classes below it.</summary>
    private static readonly string[] SingingLabels =
    [
        "Singing", "Choir", "Yodeling", "Chant", "Mantra", "Male singing", "Female singing", "Child singing", "Synthetic singing", "Rapping", "Humming", "A capella",
    ];

    /// <summary>AudioSet's "Speech" and the classes below it.</summary>
    private static readonly string[] SpeechLabels =
    [
        "Speech", "Male speech, man speaking", "Female speech, woman speaking", "Child speech, kid speaking", "Conversation", "Narration, monologue", "Speech synthesizer",
    ];

    private readonly OnnxGraph _graph;
    private readonly GraphPort _input;
    private readonly GraphPort _output;
    private readonly LabelList _labels;
    private readonly int[] _singing;
    private readonly int[] _speech;
    private readonly int _music;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">Input <c>input_values</c> [N,1024,128], output <c>logits</c> [N, classes].</param>
    /// <param name="labels">AudioSet's display names in the order of the outputs, from the <c>config.json</c> beside the model.</param>
    /// <exception cref="ModelUnavailableException">The graph or the labels do not fit.</exception>
    public AudioTagger(OnnxGraph graph, LabelList labels)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(labels);
        var contract = new PortFinder(graph, Slot);
        (_graph, _labels) = (graph, labels);
        _input = contract.Input(["input_values", "input"], [PortFinder.Any, Frames, Bins], TensorElementType.Float, TensorElementType.Float16);
        _output = contract.Output(["logits", "output"], [PortFinder.Any, labels.Labels.Count]);
        _singing = Indices(SingingLabels);
        _speech = Indices(SpeechLabels);
        _music = Required("Music");
        Required("Singing");
        Required("Speech");
    }

    /// <summary>Tags a clip.</summary>
    /// <param name="windows">[N,1024,128] Kaldi filter banks with AST's own normalisation, at least one window. Windows count alike: let the last one of a long clip end with it instead of filling it up.</param>
    /// <param name="top">How many of the highest classes to name.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>Scores, each class averaged over the windows.</returns>
    public AudioTags Tag(float[] windows, int top = 10, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(windows);
        const int Length = Frames * Bins;
        if (windows.Length == 0 || windows.Length % Length != 0) throw new ArgumentException($"{windows.Length} values are not a whole number of windows [{Frames}, {Bins}].", nameof(windows));

        var count = windows.Length / Length;
        var scores = new double[_labels.Labels.Count];
        for (var window = 0; window < count; window++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var run = new TensorRun();
            var logits = run.Add(_input, windows.AsSpan(window * Length, Length).ToArray(), 1, Frames, Bins).Run(_graph, _output)[0];
            if (logits.Values.Length != scores.Length) throw new InvalidDataException($"{_graph.Path} gave {logits.Values.Length} logits, its config.json names {scores.Length} classes");

            for (var i = 0; i < scores.Length; i++) scores[i] += Logits.Sigmoid(logits.Values[i]) / count;
        }

        var best = scores.Select((score, index) => new AudioTag(_labels.Labels[index], score)).OrderByDescending(tag => tag.Score).Take(top);
        return new AudioTags(_singing.Max(index => scores[index]), _speech.Max(index => scores[index]), scores[_music], [.. best]);
    }

    private int[] Indices(string[] labels) => [.. labels.Select(_labels.IndexOf).OfType<int>()];

    private int Required(string label) => _labels.IndexOf(label)
        ?? throw new ModelUnavailableException($"slot {Slot} expects AudioSet's class {label}, but the config.json of {_graph.Path} does not name it among its {_labels.Labels.Count} labels");
}
