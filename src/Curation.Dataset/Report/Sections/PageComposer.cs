using System.Globalization;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>Turns counts into the page, section by section, in the order in which a person reads it.</summary>
internal static class PageComposer
{
    private const int ShaDigits = 12;

    /// <summary>Composes the page.</summary>
    public static async Task<PageView> ComposeAsync(RowTallies rows, ReportContext context, CancellationToken cancellation)
    {
        var sources = context.Run?.Sources ?? rows.Sources.Count + rows.Quarantine.Count;
        var all = rows.All;
        var created = context.Created.ToUniversalTime();
        return new PageView
        {
            DatasetName = Words.Visible(context.DatasetName),
            Policy = Words.Visible(rows.Policy.Name),
            PolicySha = rows.Policy.Sha256.Length > ShaDigits ? rows.Policy.Sha256[..ShaDigits] : rows.Policy.Sha256,
            Created = created.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture),
            CreatedMachine = created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Pipeline = Words.Visible(context.PipelineVersion),
            Lead = Lead(all, sources, context.Run),
            Banner = BannerSection.From(rows, sources),
            Figures = Figures(rows, sources, context.Run),
            Outcomes = all.Clips == 0 ? null : Bars.Outcomes(all),
            Funnel = all.Clips == 0 ? null : FunnelSection.From(rows, sources),
            Splits = SplitRows(rows),
            Examples = await ExampleSection.FromAsync(rows, context, cancellation).ConfigureAwait(false),
            Measurements = all.Clips == 0 ? [] : MeasurementSection.From(rows),
            Missing = all.Clips == 0 ? null : MissingSection.From(rows, context.AbsentSlots),
            Quarantine = QuarantineRows(rows.Quarantine),
            Sources = SourceRows(rows.Sources),
            Run = RunFacts(context.Run),
        };
    }

    private static string Lead(OutcomeTally all, long sources, ReportRunFacts? run)
    {
        var from = Words.Count(sources, "source", "sources");
        if (all.Clips == 0) return string.Empty;

        var media = run is { MediaSeconds: > 0 } ? $" ({Words.Time(run.MediaSeconds)} of media)" : string.Empty;
        return $"{from}{media} gave {Words.Count(all.Clips, "clip", "clips")}. "
            + all.Retained switch
            {
                0 => "None of them is retained.",
                1 => $"One of them, {Words.Time(all.RetainedSeconds)}, is retained.",
                _ => $"{Words.Count(all.Retained)} of them, {Words.Time(all.RetainedSeconds)}, are retained.",
            };
    }

    private static List<FigureView> Figures(RowTallies rows, long sources, ReportRunFacts? run)
    {
        var all = rows.All;
        var quarantined = rows.Quarantine.Count;
        var mediaNote = run is { MediaSeconds: > 0 } ? $"of {Words.Time(run.MediaSeconds)} of media" : $"of {Words.Time(all.AllSeconds)} in clips";
        var tone = all.Retained > 0 ? "kept" : "lost";
        return
        [
            new("Sources", Words.Count(sources), $"{Words.Count(rows.Sources.Count)} gave clips", string.Empty),
            new("Clips", Words.Count(all.Clips), $"{Words.Time(all.AllSeconds)} long together", string.Empty),
            new("Retention", Words.Percent(all.Retained, all.Clips), Words.Count(all.Retained, "clip", "clips") + " retained", tone),
            new("Retained", Words.Time(all.RetainedSeconds), mediaNote, tone),
            new("Held", Words.Count(all.Held), all.Held == 0 ? "nothing waits" : "wait for a measurement", all.Held == 0 ? string.Empty : "held"),
            new("Rejected", Words.Count(all.Rejected), all.Clips == 0 ? "no clips" : Words.Percent(all.Rejected, all.Clips) + " of clips", string.Empty),
            new("Quarantined", Words.Count(quarantined), quarantined == 0 ? "no source failed" : quarantined == 1 ? "source not processed" : "sources not processed", quarantined == 0 ? string.Empty : "lost"),
        ];
    }

    private static List<SplitView> SplitRows(RowTallies rows) =>
        rows.All.Clips == 0
            ? []
            : [.. rows.Splits
                .Where(split => split.Name.Length > 0 || split.Tally.Clips > 0)
                .Select(split => new SplitView(
                    Words.Kind(split.Name),
                    split.Name,
                    Words.Count(split.Tally.Clips),
                    Words.Count(split.Tally.Retained),
                    Words.Percent(split.Tally.Retained, split.Tally.Clips),
                    Words.Time(split.Tally.RetainedSeconds),
                    Bars.Outcomes(split.Tally)))];

    private static QuarantineView? QuarantineRows(QuarantineTallies quarantine) =>
        quarantine.Count == 0
            ? null
            : new QuarantineView(
                Words.Count(quarantine.Count, "source", "sources"),
                [.. quarantine.Ordered().Select(group => new QuarantineRowView(
                    Words.Visible(group.Stage),
                    Words.Running(group.Reason),
                    Words.Count(group.Count),
                    [.. group.Addresses.Select(address => new FactView(Words.SourceName(address), Words.SourcePath(address)))],
                    group.Count > group.Addresses.Count ? $"and {Words.Count(group.Count - group.Addresses.Count)} more" : string.Empty))]);

    private static List<SourceView> SourceRows(SourceTallies sources)
    {
        const int Shown = 10;

        return [.. sources.MostRejected(Shown).Select(source => new SourceView(
            Words.SourceName(source.Address),
            Words.SourceFolder(source.Address),
            Words.Count(source.Rejected),
            Words.Count(source.Clips),
            Words.Percent(source.Rejected, source.Clips),
            Bars.Lost(source.Clips - source.Rejected, source.Rejected, source.Clips)))];
    }

    private static List<FigureView> RunFacts(ReportRunFacts? run)
    {
        if (run is null) return [];

        var speed = run.WallSeconds > 0 ? Words.Number(run.MediaSeconds / run.WallSeconds) + " ×" : "–";
        return
        [
            new("Wall time", Words.Time(run.WallSeconds), "from start to finish", string.Empty),
            new("Speed", speed, "media seconds per wall second", string.Empty),
            new("Media", Words.Time(run.MediaSeconds), "read from the sources", string.Empty),
            new("Analysis", Words.Time(run.AnalysisSeconds), "summed over the sources", string.Empty),
            new("Decode passes", Words.Count(run.DecodePasses), "full decodes of sources", string.Empty),
        ];
    }
}
