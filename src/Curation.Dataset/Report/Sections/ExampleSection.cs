using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>Clips to look at: kept, held and rejected.</summary>
internal static class ExampleSection
{
    private const int Shown = 12;
    private const int HeldShown = 8;
    private const int ValuesShown = 5;

    /// <summary>What tells most about a kept clip, the most telling first.</summary>
    private static readonly string[] Telling =
        ["aesthetic", "mos", "snr_db", "sync_offset_s", "av_similarity", "motion_ratio", "loudness_lufs", "sharpness", "speech_ratio", "silence_ratio"];

    /// <summary>Composes the three groups; the held only where there are any.</summary>
    public static async Task<IReadOnlyList<ExampleGroupView>> FromAsync(RowTallies rows, ReportContext context, CancellationToken cancellation)
    {
        if (rows.All.Clips == 0) return [];

        var groups = new List<ExampleGroupView>
        {
            await GroupAsync(ClipOutcome.Retained, "Retained", rows.All.Retained, "Nothing was retained.").ConfigureAwait(false),
        };
        if (rows.All.Held > 0) groups.Add(await GroupAsync(ClipOutcome.Held, "Held", rows.All.Held, string.Empty).ConfigureAwait(false));
        groups.Add(await GroupAsync(ClipOutcome.Rejected, "Rejected", rows.All.Rejected, "Nothing was rejected.").ConfigureAwait(false));
        return groups;

        async Task<ExampleGroupView> GroupAsync(ClipOutcome outcome, string title, long total, string empty)
        {
            IReadOnlyList<string> order = outcome switch
            {
                ClipOutcome.Rejected => [.. rows.Filters.OrderByDescending(pair => pair.Value.First).Select(pair => pair.Key)],
                ClipOutcome.Held => [.. rows.Filters.OrderByDescending(pair => pair.Value.Held).Select(pair => pair.Key)],
                _ => SplitNames.All,
            };
            var cards = new List<CardView>();
            foreach (var clip in rows.Examples.Draw(outcome, outcome == ClipOutcome.Held ? HeldShown : Shown, order))
            {
                cards.Add(Card(clip, rows.Policy, await StillAsync(clip, context, cancellation).ConfigureAwait(false)));
            }

            var note = total == 0 ? string.Empty : cards.Count == total ? $"all {Words.Count(total)}" : $"{cards.Count} of {Words.Count(total)}";
            return new ExampleGroupView(title.ToLowerInvariant(), title, note, cards, total == 0 ? empty : string.Empty);
        }
    }

    private static CardView Card(ClipRecord clip, Policy policy, string still)
    {
        var fails = clip.Verdicts.Where(verdict => verdict.Outcome == VerdictOutcome.Reject).ToList();
        var first = fails.Find(verdict => verdict.Filter == clip.RejectedBy);
        var also = fails.Where(verdict => verdict != first).Select(verdict => Words.Filter(verdict.Filter)).ToList();
        return new CardView(
            clip.Outcome switch { ClipOutcome.Retained => "kept", ClipOutcome.Held => "held", _ => "lost" },
            Badge(clip, first, policy),
            still,
            $"Still from {Words.SourceName(clip.SourceUri)} at {Words.Clock((clip.Span.Start + clip.Span.End) / 2)}",
            clip.Outcome == ClipOutcome.Retained ? RelativeLink(clip.MediaPath) : string.Empty,
            Words.SourceName(clip.SourceUri),
            Words.SourcePath(clip.SourceUri),
            $"{Words.Clock(clip.Span.Start)} – {Words.Clock(clip.Span.End)}",
            $"{clip.Span.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
            $"{clip.Width} × {clip.Height}, {clip.FramesPerSecond.ToString("0.##", CultureInfo.InvariantCulture)} fps" + (clip.Outcome == ClipOutcome.Retained ? string.Empty : ", " + Words.Kind(clip).ToLowerInvariant()),
            clip.Outcome == ClipOutcome.Retained ? string.Empty : Why(clip, first, policy),
            also.Count == 0 ? string.Empty : "Also fails " + string.Join(", ", also),
            clip.Caption is null ? string.Empty : Words.Running(clip.Caption),
            clip.Outcome == ClipOutcome.Retained ? Values(clip) : [],
            Words.Visible(clip.Id.Value));
    }

    private static string Badge(ClipRecord clip, Verdict? first, Policy policy)
    {
        if (clip.Outcome == ClipOutcome.Retained) return Words.Kind(clip);
        if (clip.Outcome == ClipOutcome.Rejected) return Words.Sentence(Fault(clip, first, policy));

        var holds = clip.Verdicts.Where(verdict => verdict.Outcome == VerdictOutcome.Hold).Select(verdict => Words.Filter(verdict.Filter)).ToList();
        return holds.Count switch
        {
            0 => "Held",
            1 => "Waits for " + holds[0],
            _ => $"Waits for {holds[0]} and {Words.Count(holds.Count - 1, "other", "others")}",
        };
    }

    private static string Fault(ClipRecord clip, Verdict? first, Policy policy)
    {
        if (clip.RejectedBy == PolicyJudge.TooShort) return "too short";
        if (first?.Value is not { } value || MeasurementCatalog.Find(first.Filter) is not { } definition) return Words.Filter(clip.RejectedBy ?? "rejected");

        var limit = policy.Limits.FirstOrDefault(candidate => candidate.Name == first.Filter);
        var low = value < limit?.Min || value < -limit?.MaxAbs;
        return (low ? definition.TooLow : definition.TooHigh) ?? definition.Title;
    }

    private static string Why(ClipRecord clip, Verdict? first, Policy policy)
    {
        if (first?.Value is { } value && MeasurementCatalog.Find(first.Filter) is { } definition
            && policy.Limits.FirstOrDefault(candidate => candidate.Name == first.Filter) is { } limit && !limit.Allows(value))
        {
            return $"{definition.Title} {Words.Beyond(value, limit, definition.Unit)}, limit {Words.Bounds(limit, definition.Unit)}.";
        }

        var waits = clip.Verdicts.Where(verdict => verdict is { Outcome: VerdictOutcome.Hold, Reason: not null }).Select(verdict => $"{Words.Filter(verdict.Filter)}: {Words.Running(verdict.Reason!)}.").ToList();
        if (clip.Outcome == ClipOutcome.Held && waits.Count > 0) return string.Join(" ", waits);

        return clip.RejectedBy == PolicyJudge.TooShort
            ? $"Length {Words.Beyond(clip.Span.Duration.TotalSeconds, new Limit(PolicyJudge.TooShort) { Min = policy.ClipMin.TotalSeconds }, "s")}, limit ≥\u00a0{Words.Exact(policy.ClipMin.TotalSeconds)}\u00a0s."
            : Words.Sentence(Words.Running(clip.Reason ?? "no reason was recorded"));
    }

    private static List<FactView> Values(ClipRecord clip)
    {
        var values = new List<FactView>();
        foreach (var name in Telling)
        {
            if (clip.Measurements.FirstOrDefault(measurement => measurement.Name == name) is not { Value: { } value }) continue;

            var definition = MeasurementCatalog.Get(name);
            values.Add(new FactView(definition.Title, Words.Quantity(value, definition.Unit)));
            if (values.Count == ValuesShown) break;
        }

        return values;
    }

    /// <summary>A link into the data set's folder; empty for a path that leaves it.</summary>
    internal static string RelativeLink(string? path)
    {
        if (string.IsNullOrEmpty(path)) return string.Empty;

        var parts = path.Split('/');
        return parts.Any(part => part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal))
            ? string.Empty
            : string.Join('/', parts.Select(Uri.EscapeDataString));
    }

    private static async Task<string> StillAsync(ClipRecord clip, ReportContext context, CancellationToken cancellation)
    {
        const int LargestStill = 512 * 1024;

        if (clip.PosterPath is null || context.LoadPoster is null || RelativeLink(clip.PosterPath).Length == 0) return string.Empty;
        if (await context.LoadPoster(clip.PosterPath, cancellation).ConfigureAwait(false) is not { } bytes) return string.Empty;
        if (bytes.Length > LargestStill || MediaType(bytes.Span) is not { } type) return string.Empty;

        return $"data:{type};base64,{Convert.ToBase64String(bytes.Span)}";
    }

    private static string? MediaType(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])) return "image/jpeg";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47])) return "image/png";
        return bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8) ? "image/webp" : null;
    }
}
