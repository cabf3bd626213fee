using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Snapshots;

namespace Curation.Silo.Commands;

/// <summary>Everything that is known of one clip, as <c>curate explain --json</c> prints it.</summary>
internal sealed record ClipStory
{
    public required string ClipId { get; init; }

    public required string Outcome { get; init; }

    public string? RejectedBy { get; init; }

    public string? Reason { get; init; }

    /// <summary>What the policy would have to say for the clip to be retained: all of it together. Empty where it is.</summary>
    public required IReadOnlyList<string> ChangesThatRetain { get; init; }

    public string? Split { get; init; }

    public required string SourceUri { get; init; }

    public required string SourceSha256 { get; init; }

    public required double StartS { get; init; }

    public required double EndS { get; init; }

    public string? MediaPath { get; init; }

    public string? Caption { get; init; }

    public string? Transcript { get; init; }

    public required IReadOnlyList<ClipStoryLine> Measurements { get; init; }

    /// <summary>Slots without a model in the run that committed the snapshot.</summary>
    public required IReadOnlyList<string> ModelsAbsent { get; init; }

    public required string Policy { get; init; }

    public required string PolicySha256 { get; init; }

    public required string PipelineVersion { get; init; }

    public required string Snapshot { get; init; }

    public string? Licence { get; init; }

    public static ClipStory Of(ClipRecord clip, SnapshotManifest manifest)
    {
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
