using System.Security.Cryptography;
using System.Text.Json;
using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Fragments;

/// <summary>What a fragment adds up to. It travels in the stamp, so that a commit plans its shards and counts its funnel without opening a fragment.</summary>
public sealed record FragmentSummary
{
    /// <summary>SHA-256 of the fragment's rows without their source URI; times and decode counts of the run are not part of it.</summary>
    public required string RowsSha256 { get; init; }

    /// <summary>SHA-256 of the fragment's file; tells cheaply that it is the one that was added up. Null before it is written.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>Whether the source is quarantined.</summary>
    public bool Quarantined { get; init; }

    /// <summary>Clips that wait for an answer of an endpoint: a later run does the source's last stages again.</summary>
    public int Pending { get; init; }

    /// <summary>Retained clips by split.</summary>
    public IReadOnlyDictionary<string, int> Retained { get; init; } = new Dictionary<string, int>();

    /// <summary>Held clips.</summary>
    public int Held { get; init; }

    /// <summary>Rejected clips by the filter that turned them away first.</summary>
    public IReadOnlyDictionary<string, int> Rejected { get; init; } = new Dictionary<string, int>();

    /// <summary>Clips without a value, by measurement; "not applicable" does not count.</summary>
    public IReadOnlyDictionary<string, int> Unmeasured { get; init; } = new Dictionary<string, int>();

    /// <summary>Seconds of media in the source.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Seconds of retained clips by split.</summary>
    public IReadOnlyDictionary<string, double> RetainedSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>Seconds of held clips.</summary>
    public double HeldSeconds { get; init; }

    /// <summary>Seconds of rejected clips.</summary>
    public double RejectedSeconds { get; init; }

    /// <summary>Adds up a source's outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>Its summary.</returns>
    /// <exception cref="ArgumentException">A retained clip has no split, or a rejected one no filter: such rows have no place in the data set.</exception>
    public static FragmentSummary Of(SourceOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (retained, rejected, unmeasured) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var retainedSeconds = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var (held, heldSeconds, rejectedSeconds) = (0, 0.0, 0.0);

        foreach (var clip in outcome.Clips)
        {
            var seconds = clip.Span.Duration.TotalSeconds;
            switch (clip.Outcome)
            {
                case ClipOutcome.Retained:
                    var split = clip.Split?.ToName() ?? throw new ArgumentException($"Clip {clip.Id} is retained but has no split.", nameof(outcome));
                    Count(retained, split);
                    retainedSeconds[split] = retainedSeconds.GetValueOrDefault(split) + seconds;
                    break;
                case ClipOutcome.Held:
                    held++;
                    heldSeconds += seconds;
                    break;
                default:
                    Count(rejected, clip.RejectedBy ?? throw new ArgumentException($"Clip {clip.Id} is rejected but names no filter.", nameof(outcome)));
                    rejectedSeconds += seconds;
                    break;
            }

            foreach (var measurement in clip.Measurements)
            {
                if (measurement.State == MeasurementState.Unmeasured) Count(unmeasured, measurement.Name);
            }
        }

        return new FragmentSummary
        {
            RowsSha256 = HashRows(outcome),
            Quarantined = outcome.Quarantine is not null,
            Pending = outcome.Clips.Count(clip => clip.Pending is not null),
            Retained = retained,
            Held = held,
            Rejected = rejected,
            Unmeasured = unmeasured,
            MediaSeconds = outcome.MediaSeconds,
            RetainedSeconds = retainedSeconds,
            HeldSeconds = heldSeconds,
            RejectedSeconds = rejectedSeconds,
        };
    }

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    // Without the source's URI, because the same content under another name gives the same fragment.
    private static string HashRows(SourceOutcome outcome)
    {
        var rows = new SourceOutcome
        {
            SourceUri = "",
            SourceSha256 = outcome.SourceSha256,
            FragmentName = "",
            Clips = [.. outcome.Clips.Select(clip => clip with { SourceUri = "" })],
            Quarantine = outcome.Quarantine is { } quarantine ? quarantine with { SourceUri = "" } : null,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rows, FragmentJson.Default.SourceOutcome)));
    }
}
