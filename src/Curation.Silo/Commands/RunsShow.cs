using System.Globalization;
using Curation.Grains;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate runs show</c>.</summary>
internal sealed class RunsShow(IGrainFactory grains, TextWriter output, TextWriter errors)
{
    private const int ShownQuarantines = 20;

    public async Task<int> WriteAsync(string runId, bool json)
    {
        if (await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).FindAsync(runId) is not { } entry) return await RunsChange.UnknownAsync(errors, runId);

        var run = grains.GetGrain<IRunGrain>(runId);
        var progress = await run.GetProgressAsync();
        var quarantined = await run.GetQuarantinedAsync();
        var row = RunsRow.From(entry, progress);
        if (json)
        {
            await output.WriteLineAsync(RunsJson.Of(new
            {
                Run = row,
                progress.Counts.Clips,
                progress.Counts.Held,
                progress.Counts.Rejected,
                progress.Counts.ByFilter,
                progress.Counts.BySplit,
                progress.Counts.MediaSeconds,
                progress.Attempts,
                SiloDeaths = progress.Deaths,
                Snapshot = progress.Result?.SnapshotId,
                InFlight = progress.InFlight.Select(source => new { source.Uri, source.Share, source.Stage }),
                QuarantinedSources = quarantined.Select(source => new { source.Uri, source.Failure.Stage, source.Failure.Reason, source.Failure.Retry }),
            }));
            return ExitCodes.Done;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        grid.AddRow("[bold]Run[/]", Markup.Escape(runId));
        grid.AddRow("[bold]State[/]", RunsJson.Coloured(row.State) + (row.Error is { } error ? $": {Markup.Escape(error)}" : ""));
        grid.AddRow("[bold]Input[/]", Markup.Escape(row.Input));
        grid.AddRow("[bold]Data set[/]", Markup.Escape(row.Output));
        grid.AddRow("[bold]Policy[/]", Markup.Escape(row.Policy));
        grid.AddRow("[bold]Started[/]", Time(row.StartedUtc) + (row.EndedUtc is { } ended ? $", ended {Time(ended)}" : ""));
        grid.AddRow("[bold]Worked[/]", TimeLeft.Format(TimeSpan.FromSeconds(row.WallSeconds)) + Interruptions(progress));
        grid.AddRow("[bold]Sources[/]", string.Create(CultureInfo.InvariantCulture, $"{row.Sources:N0} of {row.TotalSources?.ToString("N0", CultureInfo.InvariantCulture) ?? "..."}, {progress.Counts.AlreadyDone:N0} done before, {row.Quarantined:N0} quarantined"));
        grid.AddRow("[bold]Clips[/]", string.Create(CultureInfo.InvariantCulture, $"{progress.Counts.Clips:N0}: {progress.Counts.Retained:N0} retained, {progress.Counts.Held:N0} held, {progress.Counts.Rejected:N0} rejected"));
        if (progress.Result is { } result) grid.AddRow("[bold]Snapshot[/]", Markup.Escape(result.SnapshotId));
        foreach (var source in progress.InFlight)
        {
            grid.AddRow("[grey]in work[/]", string.Create(CultureInfo.InvariantCulture, $"[grey]{Markup.Escape(DisplayName.Of(source.Uri))} {100 * source.Share:0} %[/]"));
        }

        var console = RunsJson.Console(output);
        console.Write(grid);
        if (quarantined.Count > 0) console.WriteLine("Quarantined sources:");
        foreach (var source in quarantined.Take(ShownQuarantines)) console.WriteLine($"  {DisplayName.Of(source.Uri)} ({source.Failure.Stage}): {source.Failure.Reason}");
        if (row.Quarantined > ShownQuarantines) console.WriteLine($"  ... and {row.Quarantined - ShownQuarantines} more: see quarantine/*.parquet and the report.");
        return ExitCodes.Done;
    }

    private static string Interruptions(RunProgress progress) => progress switch
    {
        { Attempts: <= 1, Deaths: 0 } => "",
        _ => string.Create(CultureInfo.InvariantCulture, $", taken up {progress.Attempts} times, {progress.Deaths} silos died"),
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
