using Curation.Clips;
using Curation.Dataset.Deduplicating;

namespace Curation.Pipeline.Deduplicating;

/// <summary>A clip without its signatures.</summary>
/// <param name="Id">Its name.</param>
/// <param name="SourceUri">Where its source lies.</param>
/// <param name="StartSeconds">Where it begins in its source.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="Outcome">What it would be if nothing were known of copies.</param>
/// <param name="Stands">What it is.</param>
/// <param name="ShortSide">The shorter side of its picture, in pixels.</param>
/// <param name="BandwidthHz">How far up its sound reaches; null where that is not known.</param>
/// <param name="Sharpness">How sharp its picture is; null where that is not known.</param>
/// <param name="Known">What was known of its copies before.</param>
public sealed record ComparedClip(
    ClipId Id, string SourceUri, double StartSeconds, double Seconds, ClipOutcome Outcome, ClipOutcome Stands, int ShortSide, double? BandwidthHz, double? Sharpness, DuplicateFinding Known);
