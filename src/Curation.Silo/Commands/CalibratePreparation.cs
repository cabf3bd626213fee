using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;

namespace Curation.Silo.Commands;

/// <summary>Checks what a calibration needs before any row is read, and finds all faults at once.</summary>
internal static class CalibratePreparation
{
    // As long as a policy's name may be.
    private const int MaxNameLength = 64;

    /// <summary>The base policy, or the faults.</summary>
    public static (Policy? Policy, IReadOnlyList<string> Faults) Prepare(CalibrateArguments arguments)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(arguments.Dataset)) faults.Add("--dataset: is empty; give the folder or the address of a data set.");
        if (arguments.Retain is { } share && share is not (> 0 and <= 1)) faults.Add(string.Create(null, $"--retain {share}: must be above 0 and at most 1; 0.27 is 27 %."));
        if (arguments.Labels is { } labels && !File.Exists(labels)) faults.Add($"--labels {labels}: no such file.");
        if (NameOf(arguments.Output) is { } name && (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))) faults.Add(string.Create(null, $"--output: a policy is named after its file, and '{name}' is no name of 1 to {MaxNameLength} characters."));

        CheckFile("--output", arguments.Output, arguments.Force, faults);
        if (arguments.Html is { } html) CheckFile("--html", html, arguments.Force, faults);
        if (arguments.Html is { Length: > 0 } page && arguments.Output.Length > 0 && Path.GetFullPath(page) == Path.GetFullPath(arguments.Output)) faults.Add("--html: is the same file as --output.");

        try
        {
            return (PolicyFile.Load(arguments.Policy), faults);
        }
        catch (PolicyException wrong)
        {
            faults.AddRange(wrong.Message.Split('\n'));
            return (null, faults);
        }
    }

    /// <summary>The name of a policy that is written to a file.</summary>
    public static string NameOf(string output) => Path.GetFileNameWithoutExtension(output);

    private static void CheckFile(string option, string path, bool force, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            faults.Add($"{option}: is empty; give a file.");
            return;
        }

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) faults.Add($"{option} {path}: is a folder; give a file.");
        else if (File.Exists(full) && !force) faults.Add($"{option} {path}: is there already; choose another name, or replace it with --force.");
        else if (!Directory.Exists(Path.GetDirectoryName(full))) faults.Add($"{option} {path}: its folder is not there; make it first.");
    }
}
