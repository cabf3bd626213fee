using Curation.Models.Contracts;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Alignment;

/// <summary>Slot <c>sync</c>: Synchformer's offset classes.</summary>
/// <remarks>
/// Upstream's label is where the sound was cut minus where the picture was cut: with + the sound "starts earlier than it
/// should" and holds what will be shown later (TemporalCropAndOffset in its dataset/transforms.py). Ours is + = sound late,
/// so the classes are reversed here and nowhere else.
/// </remarks>
public sealed class SynchformerScorer
{
    private const string Slot = "sync";
    private const int PictureValues = 16 * 3 * 224 * 224;
    private const int SoundValues = 128 * 66;

    private readonly OnnxGraph _graph;
    private readonly GraphPort _pictures;
    private readonly GraphPort _sound;
    private readonly GraphPort _logits;

    /// <summary>Checks that the graph fits.</summary>
    /// <param name="graph">Inputs <c>vis</c> [B,S,16,3,224,224] and <c>aud</c> [B,S,1,128,66], output <c>logits</c> [B,21].</param>
    /// <exception cref="ModelUnavailableException">The graph does not fit.</exception>
    public SynchformerScorer(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var contract = new PortFinder(graph, Slot);
        _graph = graph;
        _pictures = contract.Input(["vis"], [PortFinder.Any, PortFinder.Any, 16, 3, 224, 224], TensorElementType.Float, TensorElementType.Float16);
        _sound = contract.Input(["aud"], [PortFinder.Any, PortFinder.Any, 1, 128, 66], TensorElementType.Float, TensorElementType.Float16);
        _logits = contract.Output(["logits"], [PortFinder.Any, SyncPrediction.Classes]);
    }

    /// <summary>Judges one window of segments (14 of them are the 5 s that upstream trained on).</summary>
    /// <param name="pictures">[S,16,3,224,224], Synchformer's own normalisation.</param>
    /// <param name="sound">[S,1,128,66], Synchformer's own normalisation.</param>
    /// <param name="cancellation">Stops before the run.</param>
    /// <returns>Probabilities over the offsets, + = sound late.</returns>
    public SyncPrediction Score(float[] pictures, float[] sound, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(sound);
        cancellation.ThrowIfCancellationRequested();
        var segments = pictures.Length / PictureValues;
        if (segments == 0 || pictures.Length % PictureValues != 0) throw new ArgumentException($"{pictures.Length} values are not a whole number of segments [16, 3, 224, 224].", nameof(pictures));
        if (sound.Length != segments * SoundValues) throw new ArgumentException($"{sound.Length} values are not {segments} segments [1, 128, 66].", nameof(sound));

        using var run = new TensorRun();
        var logits = run.Add(_pictures, pictures, 1, segments, 16, 3, 224, 224).Add(_sound, sound, 1, segments, 1, 128, 66).Run(_graph, _logits)[0];
        var probabilities = Logits.Softmax(logits.Row(0));
        Array.Reverse(probabilities);
        return new SyncPrediction(probabilities);
    }
}
