using System.Runtime.InteropServices;

namespace Curation.Pipeline.Training;

/// <summary>Finds the trainer's program.</summary>
internal static class TrainerCommand
{
    private const string Library = "klear.dll";
    private const string InRepository = "src/Klear.Model/bin/Release/net10.0/" + Library;

    /// <summary>Finds what is configured, else klear beside this program, else klear as built in a repository that this program lies in.</summary>
    /// <param name="configured">A path; null for none.</param>
    /// <param name="ownFolder">Where this program lies.</param>
    /// <returns>The program and its first arguments; or the fault.</returns>
    public static (IReadOnlyList<string> Command, string? Fault) Find(string? configured, string ownFolder)
    {
        if (configured is not null)
        {
            return File.Exists(configured) ? (Of(configured), null) : ([], $"Curate:Trainer:Command: {configured} is not there");
        }

        return FindBeside(ownFolder) is { } found
            ? (Of(found), null)
            : ([], $"the trainer is not there: no {Library} in {ownFolder}, and no {InRepository} in a folder above; build it (./klear --help in the repository does), or set Curate:Trainer:Command to its path");
    }

    private static string? FindBeside(string ownFolder)
    {
        var beside = Path.Combine(ownFolder, Library);
        if (File.Exists(beside)) return beside;

        for (var folder = new DirectoryInfo(ownFolder); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, InRepository);
            if (File.Exists(built)) return built;
        }

        return null;
    }

    private static IReadOnlyList<string> Of(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? [DotNet(), path] : [path];

    // The runtime lies in ROOT/shared/Microsoft.NETCore.App/VERSION.
    private static string DotNet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
