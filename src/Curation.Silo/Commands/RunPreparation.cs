using Curation.Clips.Deciding;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline.Modelling;
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
        if (string.IsNullOrWhiteSpace(arguments.Input)) errors.Add("--input: is empty; give a video file, a folder or a list.");
        if (string.IsNullOrWhiteSpace(arguments.Output)) errors.Add("--output: is empty; give a folder.");
        if (errors.Count > 0) return (null, errors);

        var input = Path.GetFullPath(SourceUri.ToPath(arguments.Input) ?? arguments.Input);
        var output = Path.GetFullPath(arguments.Output);
        if (Directory.Exists(input) && IsInside(RealPath.Resolve(output), RealPath.Resolve(input)))
        {
            errors.Add($"--output {arguments.Output}: lies inside the input folder, so a later run would curate its own clips; choose a folder outside.");
        }

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

        return errors.Count > 0 || policy is null
            ? (null, errors)
            : (new RunPlan(runId, input, output, policy) { ModelsFolder = models, Models = inUse, Limit = arguments.Limit, Parallelism = arguments.Parallelism }, []);
    }

    private static bool IsInside(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
