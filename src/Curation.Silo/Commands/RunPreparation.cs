using Curation.Clips.Deciding;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;

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

        if (!File.Exists(input) && !Directory.Exists(input)) errors.Add($"--input {arguments.Input}: there is no such file or folder.");
        if (Directory.Exists(input) && IsInside(output, input)) errors.Add($"--output {arguments.Output}: lies inside the input folder, so the next run would curate its own clips. Choose a folder outside {arguments.Input}.");
        if (File.Exists(output)) errors.Add($"--output {arguments.Output}: is a file; give a folder.");
        if (arguments.Limit is < 1) errors.Add($"--limit {arguments.Limit}: must be at least 1.");
        if (arguments.Parallelism < 1) errors.Add($"--parallelism {arguments.Parallelism}: must be at least 1.");

        Policy? policy = null;
        try
        {
            policy = PolicyFile.Load(arguments.Policy);
        }
        catch (PolicyException wrong)
        {
            errors.AddRange(wrong.Errors.Select(error => error.ToString()));
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

    private static bool IsInside(string path, string folder) =>
        (path + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
