using System.CommandLine;
using Curation.Dataset.Browsing;
using Curation.Dataset.Snapshots;

namespace Curation.Silo.Commands;

/// <summary><c>curate explain</c>: one clip's whole story.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var id = new Argument<string>("CLIP_ID") { Description = "Name of the clip: the column clip_id, or its first digits where they are enough." };
        var json = DatasetOptions.Json();
        var command = new Command("explain", """
            Says why a clip was retained, held or rejected: where it comes from, every measurement with its method and version, every limit, which change of
            the policy would turn the verdict, and which models were absent.

            Example:  curate explain --dataset my-dataset 3f9a2c

            Exit codes:  0 done · 2 no such data set or clip
            """)
        {
            dataset, id, json,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(
            parsed.GetRequiredValue(dataset), session => ExplainAsync(session, parsed.GetRequiredValue(id), parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ExplainAsync(DatasetSession session, string start, bool json, CancellationToken cancellationToken)
    {
        var reader = new SnapshotReader(session.Store);
        var ids = await reader.FindIdsAsync(session.Manifest, start, 2, cancellationToken);
        if (ids.Count != 1)
        {
            await Console.Error.WriteLineAsync(ids.Count == 0
                ? $"curate: {session.Store.Address} has no clip '{start}' in snapshot {session.Manifest.Id}. The column clip_id of its Parquet files and the report name the clips."
                : $"curate: '{start}' is the beginning of several clips, such as {ids[0]} and {ids[1]}; write more digits.");
            return ExitCodes.Wrong;
        }

        var clip = await reader.FindClipAsync(session.Manifest, ids[0], cancellationToken) ?? throw new InvalidDataException($"clip {ids[0]} was found by its name and not as a row");
        var story = ClipStory.Of(clip, session.Manifest);
        if (json) await Console.Out.WriteLineAsync(DatasetSession.Json(story));
        else ClipStoryText.Write(RunsJson.Console(Console.Out), story, clip);

        return ExitCodes.Done;
    }
}
