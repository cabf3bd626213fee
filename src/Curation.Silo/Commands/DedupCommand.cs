using System.CommandLine;
using Curation.Pipeline.Deduplicating;

namespace Curation.Silo.Commands;

/// <summary><c>curate dedup</c>: copies of clips in a data set.</summary>
internal static class DedupCommand
{
    private const string Keep = "keep";
    private const string Drop = "drop";
    private const int GroupsShown = 20;

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var picture = Choice("--same-picture", "Clips with the same picture and other sound, such as another language or another score");
        var sound = Choice("--same-sound", "Clips with the same sound and another picture, such as one song under many videos");
        var show = new Option<int>("--show") { Description = "Groups to list; 0 for all. JSON always has all.", HelpName = "N", DefaultValueFactory = _ => GroupsShown };
        show.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--show must be 0 or more.");
        });
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and write nothing." };
        var json = DatasetOptions.Json();
        var command = new Command("dedup", $"""
            Finds copies of clips by the signatures of picture and sound in their rows, keeps the best of each group and rejects the others as copies
            (filter duplicate_rank). Re-encoded, scaled, slightly cropped and shifted copies are found. No media is opened.

            same           both picture and sound: the best stays, the others are rejected
            same_picture   new sound: all stay, and the rows say of which clip; --same-picture drop rejects them
            same_sound     new picture: all stay, and the rows say of which clip; --same-sound drop rejects them

            The best is, in this order: {BetterFirst.InWords}. Silence and empty pictures are no evidence.

            Example:  curate dedup --dataset my-dataset --dry-run

            The snapshot before stays readable until the next one or 'curate gc'. A later 'curate run' brings copies back until 'curate dedup' runs again.

            Exit codes:  0 done · 1 the data set could not be written (it stands as it was) · 2 wrong command or data set, nothing was written · 4 done, nothing retained · 130 cancelled
            """)
        {
            dataset, picture, sound, show, dry, json,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(parsed.GetRequiredValue(dataset), session => new DedupRun(session, Console.Out, Console.Error)
            .ExecuteAsync(
                new DedupOptions { DropSamePicture = parsed.GetValue(picture) == Drop, DropSameSound = parsed.GetValue(sound) == Drop },
                parsed.GetValue(dry),
                parsed.GetValue(json) ? null : parsed.GetValue(show),
                cancellationToken), cancellationToken));
        return command;
    }

    private static Option<string> Choice(string name, string what)
    {
        var option = new Option<string>(name) { Description = $"{what}: keep all, or drop all but the best.", HelpName = $"{Keep}|{Drop}", DefaultValueFactory = _ => Keep };
        option.AcceptOnlyFromAmong(Keep, Drop);
        return option;
    }
}
