using Curation.Clips.Deciding;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Silo.Commands;

/// <summary>Checks everything a run needs before it starts, and finds all faults at once.</summary>
internal static class RunPreparation
{
    /// <summary>A plan, or the faults.</summary>
    public static async Task<(RunPlan? Plan, IReadOnlyList<string> Errors)> PrepareAsync(RunArguments arguments, string runId, CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        var input = Path.GetFullPath(arguments.Input);
        var output = Path.GetFullPath(arguments.Output);

        if (input == output) errors.Add($"--output {arguments.Output}: is the input folder; give another one, it may lie inside.");
        if (File.Exists(output)) errors.Add($"--output {arguments.Output}: is a file; give a folder.");
        if (arguments.Limit is < 1) errors.Add($"--limit {arguments.Limit}: must be at least 1.");
        if (arguments.Parallelism < 1) errors.Add($"--parallelism {arguments.Parallelism}: must be at least 1.");

        try
        {
            await new SourceLister { ExcludedFolder = output }.CheckAsync(arguments.Input, cancellationToken);
        }
        catch (SourceInputException wrong)
        {
            errors.Add($"--input: {wrong.Message}.");
        }

        Policy? policy = null;
        try
        {
            policy = PolicyFile.Load(arguments.Policy);
        }
        catch (PolicyException wrong)
        {
            errors.AddRange(wrong.Message.Split('\n'));
        }

        try
        {
            await new FfmpegTools().LocateAsync(cancellationToken);
        }
        catch (MediaException missing)
        {
            errors.Add(missing.Reason);
        }

        return errors.Count > 0 || policy is null
            ? (null, errors)
            : (new RunPlan(runId, input, output, policy) { Limit = arguments.Limit, Parallelism = arguments.Parallelism }, []);
    }
}
