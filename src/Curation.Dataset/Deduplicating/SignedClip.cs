using Curation.Clips;

namespace Curation.Dataset.Deduplicating;

/// <summary>A clip as the search for copies sees it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="SourceUri">Where its source lies.</param>
/// <param name="SourceSha256">What its source is.</param>
/// <param name="StartSeconds">Where it begins in its source.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Outcome">What it would be if nothing were known of copies.</param>
/// <param name="Stands">What it is.</param>
/// <param name="ShortSide">The shorter side of its picture, in pixels.</param>
/// <param name="BandwidthHz">How far up its sound reaches; null where that is not known.</param>
/// <param name="Sharpness">How sharp its picture is; null where that is not known.</param>
/// <param name="IsSigned">Whether the version that measured it made signatures.</param>
/// <param name="PictureSignature">What its pictures look like; null where they have too little in them.</param>
/// <param name="SoundSignature">What it sounds like; null where it is silent.</param>
/// <param name="Finding">What is known of its copies so far.</param>
public sealed record SignedClip(
    ClipId Id,
    string SourceUri,
    string SourceSha256,
    double StartSeconds,
    double Seconds,
    ClipOutcome Outcome,
    ClipOutcome Stands,
    int ShortSide,
    double? BandwidthHz,
    double? Sharpness,
    bool IsSigned,
    string? PictureSignature,
    string? SoundSignature,
    DuplicateFinding Finding);
