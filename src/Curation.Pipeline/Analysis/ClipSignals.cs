using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Filters.Alignment;
using Curation.Filters.Classification;
using Curation.Pipeline.Modelling;

namespace Curation.Pipeline.Analysis;

/// <summary>What the signal says of one clip.</summary>
/// <param name="Span">Its span.</param>
/// <param name="Kind">Kind of sound, speakers, voice activity.</param>
/// <param name="Sync">Sound against picture.</param>
/// <param name="EventSeconds">The most salient sound onsets, from the clip's start.</param>
/// <param name="PictureTimes">Presentation times of its pictures.</param>
/// <param name="Measurements">Every measurement that needs no model and no cut.</param>
public sealed record ClipSignals(ClipSpan Span, KindOfSoundResult Kind, SyncEstimate Sync, IReadOnlyList<double> EventSeconds, IReadOnlyList<TimeSpan> PictureTimes, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>What its pictures look like, for finding copies; null where they have too little in them.</summary>
    public string? PictureSignature { get; init; }

    /// <summary>What it sounds like, for finding copies; null where it is silent.</summary>
    public string? SoundSignature { get; init; }

    /// <summary>Why the slot <c>scene</c> had no say in the span; null where it had, or was not there.</summary>
    public ModelFailure? ShotFailure { get; init; }
}
