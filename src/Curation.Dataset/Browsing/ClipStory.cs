using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Browsing;

/// <summary>Why one clip was retained, held or rejected, as <c>curate explain --json</c> prints it.</summary>
public sealed record ClipStory
{
    /// <summary>The clip.</summary>
    public required string ClipId { get; init; }

    /// <summary><c>retained</c>, <c>held</c> or <c>rejected</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The first filter that turned it away; null unless rejected.</summary>
    public string? RejectedBy { get; init; }

    /// <summary>Why it was rejected or held, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>What the policy would have to say for the clip to be retained: all of it together. Empty where it is.</summary>
    public required IReadOnlyList<string> ChangesThatRetain { get; init; }

    /// <summary>Its kind of sound; null where it could not be told.</summary>
    public string? Split { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string SourceUri { get; init; }

    /// <summary>SHA-256 of the source.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>First instant on the source's clock, in seconds.</summary>
    public required double StartS { get; init; }

    /// <summary>The instant after the last, in seconds.</summary>
    public required double EndS { get; init; }

    /// <summary>Its media in the data set; null unless retained.</summary>
    public string? MediaPath { get; init; }

    /// <summary>The unified caption.</summary>
    public string? Caption { get; init; }

    /// <summary>What is said.</summary>
    public string? Transcript { get; init; }

    /// <summary>Every limit and every measurement, the limits first.</summary>
    public required IReadOnlyList<ClipStoryLine> Measurements { get; init; }

    /// <summary>Slots without a model in the run that committed the snapshot.</summary>
    public required IReadOnlyList<string> ModelsAbsent { get; init; }

    /// <summary>Name of the policy that judged it.</summary>
    public required string Policy { get; init; }

    /// <summary>SHA-256 of that policy.</summary>
    public required string PolicySha256 { get; init; }

    /// <summary>The version that measured it.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>The snapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>As the input list gave it.</summary>
    public string? Licence { get; init; }

    /// <summary>Tells the story of a row.</summary>
    /// <param name="clip">The row.</param>
    /// <param name="manifest">The snapshot that it is of.</param>
    /// <returns>The story.</returns>
    public static ClipStory Of(ClipRecord clip, SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(manifest);

        var verdicts = clip.Verdicts.ToDictionary(verdict => verdict.Filter, StringComparer.Ordinal);
        var names = clip.Verdicts.Select(verdict => verdict.Filter).Concat(clip.Measurements.Select(measurement => measurement.Name)).Distinct(StringComparer.Ordinal);
        return new ClipStory
        {
            ClipId = clip.Id.Value,
            Outcome = clip.Outcome.ToString().ToLowerInvariant(),
            RejectedBy = clip.RejectedBy,
            Reason = clip.Reason,
            ChangesThatRetain = [.. clip.Verdicts.Select(LimitChange.Of).OfType<LimitChange>().Select(change => change.ToString())],
            Split = clip.Split?.ToName(),
            SourceUri = clip.SourceUri,
            SourceSha256 = clip.SourceSha256,
            StartS = clip.Span.Start.TotalSeconds,
            EndS = clip.Span.End.TotalSeconds,
            MediaPath = clip.MediaPath,
            Caption = clip.Caption,
            Transcript = clip.Transcript,
            Measurements = [.. names.Select(name => ClipStoryLine.Of(name, clip.Measurements.FirstOrDefault(measurement => measurement.Name == name), verdicts.GetValueOrDefault(name)))],
            ModelsAbsent = [.. MeasurementCatalog.All.Select(definition => definition.Slot).OfType<string>().Distinct().Except(manifest.Models.Select(model => model.Slot))],
            Policy = manifest.Policy.Sha256 == clip.PolicySha256 ? manifest.Policy.Name : "another policy than the snapshot's",
            PolicySha256 = clip.PolicySha256,
            PipelineVersion = clip.PipelineVersion,
            Snapshot = manifest.Id,
            Licence = clip.Licence,
        };
    }
}
