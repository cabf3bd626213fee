using System.Globalization;
using Curation.Grains;
using Curation.Silo.Following;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate runs list</c>.</summary>
internal sealed class RunsListing(IGrainFactory grains, TextWriter output)
{
    public async Task<int> WriteAsync(int limit, bool json)
    {
        var known = await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).ListAsync();
        var runs = await Task.WhenAll(known.Take(Math.Max(0, limit)).Select(LookAsync));
        if (json)
        {
            await output.WriteLineAsync(RunsJson.Of(runs));
            return ExitCodes.Done;
        }

        if (runs.Length == 0)
        {
            await output.WriteLineAsync("No runs yet. 'curate run --cluster ...' submits one.");
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("Run").NoWrap()).AddColumn("State").AddColumn("Started (UTC)")
            .AddColumn(new TableColumn("Time").RightAligned()).AddColumn(new TableColumn("Sources").RightAligned()).AddColumn(new TableColumn("Retained").RightAligned()).AddColumn("Data set");
        foreach (var run in runs)
        {
            var sources = Number(run.Sources) + (run.TotalSources is { } total ? $"/{Number(total)}" : "") + (run.Quarantined > 0 ? $" [yellow]({Number(run.Quarantined)} quarantined)[/]" : "");
            table.AddRow(
                Markup.Escape(run.RunId),
                RunsJson.Coloured(run.State),
                run.StartedUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                TimeLeft.Format(TimeSpan.FromSeconds(run.WallSeconds)),
                sources,
                Number(run.Retained),
                Markup.Escape(run.Output));
        }

        RunsJson.Console(output).Write(table);
        foreach (var run in runs.Where(run => run.Error is not null)) await output.WriteLineAsync($"{run.RunId}: {run.Error}");
        return ExitCodes.Done;
    }

    // The index knows how runs ended; those that have not are asked themselves, and one that does not answer hides no other.
    private async Task<RunsRow> LookAsync(RunEntry run)
    {
        if (run.State.IsEnded()) return RunsRow.From(run);

        try
        {
            return RunsRow.From(run, await grains.GetGrain<IRunGrain>(run.RunId).GetProgressAsync());
        }
        catch (Exception error) when (ClusterTrouble.Is(error))
        {
            return RunsRow.From(run) with { Error = $"it does not answer now, this is what was last known: {error.Message}" };
        }
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
