using System.CommandLine;
using System.Globalization;
using Curation.Dataset.Collecting;
using Curation.Pipeline.Storage;

namespace Curation.Silo.Commands;

/// <summary><c>curate gc</c>: gives back the room of what is no longer wanted.</summary>
internal static class GcCommand
{
    // Nobody can be kept out of a container of blobs; what a run at work has written and not yet named is younger.
    private static readonly TimeSpan SpareInBlobs = TimeSpan.FromDays(1);

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and delete nothing." };
        var json = DatasetOptions.Json();
        var command = new Command("gc", """
            Deletes what the current snapshot does not refer to: shards of the snapshot before, media of clips that are not retained, stills and outcomes
            that were replaced. Measurements and analyses stay. In blobs, media and stills younger than a day are left alone.

            Example:  curate gc --dataset my-dataset --dry-run

            Exit codes:  0 done · 1 something could not be deleted, or a run writes the data set · 2 no such data set · 130 cancelled
            """)
        {
            dataset, dry, json,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(
            parsed.GetRequiredValue(dataset), session => CollectAsync(session, parsed.GetValue(dry), parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> CollectAsync(DatasetSession session, bool dry, bool json, CancellationToken cancellationToken)
    {
        using var claim = session.Claim($"gc-{Environment.ProcessId}");
        var spare = DatasetStores.AsFolder(session.Store) is not null ? TimeSpan.Zero : SpareInBlobs;
        var found = await new GarbageCollector(session.Store, spare).CollectAsync(!dry, cancellationToken);
        if (json)
        {
            await Console.Out.WriteLineAsync(DatasetSession.Json(new { Deleted = !dry, Kinds = found, Bytes = found.Sum(garbage => garbage.Bytes), Dataset = session.Store.Address }));
            return ExitCodes.Done;
        }

        foreach (var garbage in found) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{garbage.Objects,10:N0} {Size(garbage.Bytes),10}  {garbage.Kind}"));
        Console.Out.WriteLine($"{Size(found.Sum(garbage => garbage.Bytes))} {(dry ? "would be freed; nothing was deleted." : "freed.")}");
        return ExitCodes.Done;
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
