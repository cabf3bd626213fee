using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Modelling;

namespace Curation.Pipeline.Runs;

/// <summary>A scene with everything the analysis pass could say of it.</summary>
/// <param name="Id">The clip's name.</param>
/// <param name="Span">Where it lies on the source's clock.</param>
/// <param name="Split">Kind of sound; null where it could not be told.</param>
/// <param name="Measurements">All signal measurements.</param>
/// <param name="Speakers">Speaker turns, from the clip's start.</param>
/// <param name="EventSeconds">The most salient sound onsets, from the clip's start.</param>
/// <param name="PictureTimes">Presentation times of its pictures, for the cut.</param>
/// <param name="PosterPath">Path of a still in the data set; null where there is none.</param>
public sealed record MeasuredClip(
    ClipId Id,
    ClipSpan Span,
    Split? Split,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Speaker> Speakers,
    IReadOnlyList<double> EventSeconds,
    IReadOnlyList<TimeSpan> PictureTimes,
    string? PosterPath)
{
    /// <summary>What its pictures look like, for finding copies; null where they have too little in them.</summary>
    public string? PictureSignature { get; init; }

    /// <summary>What it sounds like, for finding copies; null where it is silent.</summary>
    public string? SoundSignature { get; init; }

    /// <summary>Why the slot <c>scene</c> had no say in where the clip begins and ends; null where it had, or was not there.</summary>
    public ModelFailure? ShotFailure { get; init; }
}
