namespace Curation.Media.Processes;

/// <summary>What a child gets of our environment: what programs need to run, and nothing that may be secret. It reads hostile files.</summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> Needed = new(
        ["PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", .. OperatingSystem.IsWindows() ? ["SystemRoot", "TEMP", "TMP"] : Array.Empty<string>()],
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    // Where the fonts of made samples are found.
    private const string FontsPrefix = "FONTCONFIG";

    /// <summary>Takes everything else away.</summary>
    /// <param name="environment">A copy of ours.</param>
    public static void Reduce(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => !Needed.Contains(name) && !name.StartsWith(FontsPrefix, StringComparison.Ordinal)).ToList()) environment.Remove(name);

        // Colours would end up where nobody looks for them.
        environment["AV_LOG_FORCE_NOCOLOR"] = "1";
    }
}
