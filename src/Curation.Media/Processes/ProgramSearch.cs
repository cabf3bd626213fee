namespace Curation.Media.Processes;

/// <summary>Where a program lies.</summary>
internal static class ProgramSearch
{
    /// <summary>Looks in one folder, or on the search path.</summary>
    /// <param name="name">The program's file name.</param>
    /// <param name="folder">The only folder to look in; null or empty for the search path.</param>
    /// <returns>Its full path, or null.</returns>
    public static string? Find(string name, string? folder = null)
    {
        var folders = string.IsNullOrEmpty(folder)
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [folder];

        return folders.Select(f => Path.GetFullPath(Path.Combine(f, name))).FirstOrDefault(File.Exists);
    }
}
