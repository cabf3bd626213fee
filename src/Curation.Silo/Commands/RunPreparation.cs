using Curation.Clips.Deciding;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Silo.Hosting.Configuration;

namespace Curation.Silo.Commands;

/// <summary>Checks everything a run needs before it starts, and finds all faults at once.</summary>
internal static class RunPreparation
{
    /// <summary>A plan, or the faults.</summary>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="runId">Names the run.</param>
    /// <param name="settings">How stores are reached.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public static Task<(RunPlan? Plan, IReadOnlyList<string> Errors)> PrepareAsync(RunArguments arguments, string runId, CurateSettings settings, CancellationToken cancellationToken) =>
        RunPlaces.UseAsync(settings, places => PrepareAsync(arguments, runId, places, cancellationToken));

    private static async Task<(RunPlan? Plan, IReadOnlyList<string> Errors)> PrepareAsync(RunArguments arguments, string runId, RunPlaces places, CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(arguments.Input)) errors.Add("--input: is empty; give a video file, a folder, a list or the address of objects.");
        if (string.IsNullOrWhiteSpace(arguments.Output)) errors.Add("--output: is empty; give a folder or the address of a data set.");
        if (errors.Count > 0) return (null, errors);

        var input = places.Input(arguments.Input);
        var output = await places.OutputAsync(arguments.Output, runId, errors, cancellationToken);
        if (output is not null && places.LiesIn(output, input))
        {
            errors.Add($"--output {arguments.Output}: lies inside the input folder, so a later run would curate its own clips; choose a folder outside.");
        }

        if (arguments.Limit is < 1) errors.Add($"--limit {arguments.Limit}: must be at least 1.");
        if (arguments.Parallelism < 1) errors.Add($"--parallelism {arguments.Parallelism}: must be at least 1.");

        await places.CheckInputAsync(arguments.Input, output, errors, cancellationToken);
        Policy? policy = null;
        try
        {
            policy = PolicyFile.Load(arguments.Policy);
        }
        catch (PolicyException wrong)
        {
            errors.AddRange(wrong.Message.Split('\n'));
        }

        var models = arguments.Models is null ? null : Path.GetFullPath(arguments.Models);
        IReadOnlyList<ModelInUse> inUse = [];
        if (models is not null)
        {
            (inUse, var wrong) = await ModelInventory.TakeAsync(models, cancellationToken);
            errors.AddRange(wrong.Select(fault => $"--models {arguments.Models}: {fault}"));
        }

        try
        {
            await new FfmpegTools().LocateAsync(cancellationToken);
        }
        catch (MediaException missing)
        {
            errors.Add(missing.Reason);
        }

        return errors.Count > 0 || policy is null || output is null
            ? (null, errors)
            : (new RunPlan(runId, input, output, policy) { ModelsFolder = models, Models = inUse, Limit = arguments.Limit, Parallelism = arguments.Parallelism }, []);
    }
}
