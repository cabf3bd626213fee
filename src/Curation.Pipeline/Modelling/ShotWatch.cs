using System.Runtime.InteropServices;
using Curation.Clips.Streaming;
using Curation.Filters.Scene;
using Curation.Media.Analysis;
using Curation.Models.Scenes;
using Curation.Pipeline.Analysis;

namespace Curation.Pipeline.Modelling;

/// <summary>Keeps the pictures of a source's one decode as the slot <c>scene</c> wants them, and asks it once they are all there.</summary>
/// <param name="model">Whom to ask.</param>
/// <param name="signal">Who listens to the same decode.</param>
/// <param name="scratchFolder">Where a long source's small pictures go.</param>
internal sealed class ShotWatch(ShotModel model, IAnalysisSink signal, string scratchFolder) : IAnalysisSink, IDisposable
{
    private readonly Timeline<ShotPicture> _pictures = new(scratchFolder);
    private ShotScaler? _scaler;

    /// <summary>Why the model found nothing; null where it answered.</summary>
    public ModelFailure? Failure { get; private set; }

    /// <inheritdoc />
    public void OnPicture(in PictureView picture)
    {
        _scaler ??= new ShotScaler(picture.Width, picture.Height);
        _scaler.Scale(picture, out var small);
        _pictures.Append(small);
        signal.OnPicture(picture);
    }

    /// <inheritdoc />
    public void OnSound(in SoundView sound) => signal.OnSound(sound);

    /// <summary>Adds the model's changes of shot to those of the signal. Where the model fails the signal's stand alone.</summary>
    /// <param name="cuts">The signal's, in order of time.</param>
    /// <param name="times">Presentation times of all pictures.</param>
    /// <param name="cancellationToken">Stops between windows.</param>
    /// <returns>All of them, in order of time.</returns>
    public IReadOnlyList<SceneCut> Join(IReadOnlyList<SceneCut> cuts, IReadOnlyList<TimeSpan> times, CancellationToken cancellationToken)
    {
        try
        {
            var probabilities = model.Scenes.Probabilities(_pictures.Count, Read, cancellationToken);
            return ShotCuts.Join(cuts, TransNetScenes.Changes(probabilities), times);
        }
        catch (Exception fault) when (ModelFailure.Of(ShotModels.Slot, fault) is { } failure)
        {
            Failure = failure;
            return cuts;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _pictures.Dispose();

    private ReadOnlyMemory<byte> Read(int first, int count) => MemoryMarshal.AsBytes(_pictures.Read(first, count).AsSpan()).ToArray();
}
