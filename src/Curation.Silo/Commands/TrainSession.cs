using System.Globalization;
using Curation.Grains;
using Curation.Grains.Training;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary><c>curate train list</c>, <c>show</c> and <c>cancel</c>.</summary>
internal sealed class TrainSession(IGrainFactory grains, TextWriter output, TextWriter errors)
{
    private ITrainingIndexGrain Index => grains.GetGrain<ITrainingIndexGrain>(ITrainingIndexGrain.Key);

    public async Task<int> ListAsync(int limit, bool json)
    {
        var known = await Index.ListAsync();
        var rows = await Task.WhenAll(known.Take(Math.Max(0, limit)).Select(LookAsync));
        if (json)
        {
            await output.WriteLineAsync(RunsJson.Of(rows));
            return ExitCodes.Done;
        }

        if (rows.Length == 0)
        {
            await output.WriteLineAsync("No trainings yet. 'curate train submit' starts one.");
            return ExitCodes.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("Training").NoWrap()).AddColumn("State").AddColumn("Started (UTC)")
            .AddColumn(new TableColumn("Step").RightAligned()).AddColumn(new TableColumn("Loss").RightAligned()).AddColumn(new TableColumn("Checkpoint").RightAligned()).AddColumn("Output");
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.TrainingId), RunsJson.Coloured(row.State), Time(row.StartedUtc), Number(row.Step) + (row.Steps is { } steps ? $"/{Number(steps)}" : ""),
                row.Loss?.ToString("G4", CultureInfo.InvariantCulture) ?? "-", Number(row.CheckpointStep), Markup.Escape(row.Output));
        }

        RunsJson.Console(output).Write(table);
        foreach (var row in rows.Where(row => row.Error is not null)) await output.WriteLineAsync($"{row.TrainingId}: {row.Error}");
        return ExitCodes.Done;
    }

    public async Task<int> ShowAsync(string trainingId, bool json)
    {
        if (await Index.FindAsync(trainingId) is not { } entry) return await UnknownAsync(trainingId);

        var row = await LookAsync(entry);
        if (json)
        {
            await output.WriteLineAsync(RunsJson.Of(row));
            return ExitCodes.Done;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        grid.AddRow("[bold]Training[/]", Markup.Escape(trainingId));
        grid.AddRow("[bold]State[/]", RunsJson.Coloured(row.State) + (row.Error is { } error ? $": {Markup.Escape(error)}" : ""));
        grid.AddRow("[bold]Plan[/]", Markup.Escape(row.Config));
        grid.AddRow("[bold]Data set[/]", Markup.Escape(row.Dataset));
        grid.AddRow("[bold]Output[/]", Markup.Escape(row.Output));
        grid.AddRow("[bold]Started[/]", Time(row.StartedUtc) + " UTC" + (row.EndedUtc is { } ended ? $", ended {Time(ended)} UTC" : ""));
        grid.AddRow("[bold]Step[/]", $"{Number(row.Step)} of {Number(row.Steps)}, loss {row.Loss?.ToString("G4", CultureInfo.InvariantCulture) ?? "-"}, checkpoint {Number(row.CheckpointStep)}");
        grid.AddRow("[bold]Trainers[/]", string.Create(CultureInfo.InvariantCulture, $"{row.Starts} started, {row.SiloDeaths} died with their silo, the last one on {row.Silo ?? "-"}"));
        RunsJson.Console(output).Write(grid);
        return ExitCodes.Done;
    }

    public async Task<int> CancelAsync(string trainingId, bool json)
    {
        if (await Index.FindAsync(trainingId) is null) return await UnknownAsync(trainingId);

        if (!await grains.GetGrain<ITrainingGrain>(trainingId).CancelAsync())
        {
            await errors.WriteLineAsync($"curate: training {trainingId} has ended already. Nothing was changed.");
            return ExitCodes.Wrong;
        }

        await output.WriteLineAsync(json
            ? RunsJson.Of(new { TrainingId = trainingId, Cancelled = true })
            : $"Cancelled {trainingId}. Its trainer writes a checkpoint and ends; submitting the same output again goes on from there.");
        return ExitCodes.Done;
    }

    // The index knows how trainings ended; those that have not are asked themselves, and one that does not answer hides no other.
    private async Task<TrainRow> LookAsync(TrainingEntry training)
    {
        if (training.End is { } end) return TrainRow.From(training, end);

        try
        {
            return TrainRow.From(training, await grains.GetGrain<ITrainingGrain>(training.TrainingId).GetProgressAsync());
        }
        catch (Exception error) when (ClusterTrouble.Is(error))
        {
            return TrainRow.From(training, new TrainingProgress(TrainingState.Waiting, $"it does not answer now: {error.Message}"));
        }
    }

    private async Task<int> UnknownAsync(string trainingId)
    {
        await errors.WriteLineAsync($"curate: no training '{trainingId}' is known to this cluster; 'curate train list' shows those that are. Nothing was changed.");
        return ExitCodes.Wrong;
    }

    private static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
