using System.CommandLine;
using Curation.Pipeline.Policies;

namespace Curation.Silo.Commands;

/// <summary><c>curate rejudge</c>: another policy over what was measured.</summary>
internal static class RejudgeCommand
{
    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var policy = new Option<string>("--policy", "-p") { Description = "A policy file, or a preset: klear or demo.", HelpName = "FILE-or-NAME", Required = true };
        var defer = new Option<bool>("--defer-media") { Description = "Cut nothing: clips that the policy wants and that were never cut are held until 'curate rejudge' runs without this option." };
        var json = DatasetOptions.Json();
        var command = new Command("rejudge", """
            Judges every clip of a data set again by its stored measurements and commits the next snapshot. Nothing is decoded or measured.
            Media is opened only to cut clips that the policy wants now and nobody wanted before; --defer-media leaves even that.

            Example:  curate rejudge --dataset my-dataset --policy stricter.yaml

            The snapshot before stays readable until the next one or 'curate gc'. A later 'curate run' judges the sources of its input under its own policy.

            Exit codes:  0 done · 1 the data set could not be written (it stands as it was) · 2 wrong command, policy or data set, nothing was written · 4 done, nothing retained · 130 cancelled
            """)
        {
            dataset, policy, defer, json,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(parsed.GetRequiredValue(dataset), session => new RejudgeRun(session, Console.Out, Console.Error)
            .ExecuteAsync(PolicyFile.Load(parsed.GetRequiredValue(policy)), parsed.GetValue(defer), parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }
}
