using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests;

/// <summary>What stands in the repository.</summary>
public sealed partial class RepositoryTests
{
    // Put together so that this file does not hold them itself.
    private static readonly string[] ForeignWords = ["Clau" + "de", "AI " + "assistant", "api.nuget" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org"];

    [Fact]
    public void Files_name_no_machine_and_no_registry()
    {
        var offences =
            from file in Repository.TextFiles
            from line in Repository.Lines(file)
            where MachinePath().IsMatch(line) || ForeignWords.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
            select $"{file}: {line.Trim()}";

        Repository.AssertNone(offences, "The repository stands on any machine; write paths relative to it, and temporary files by the system's own call:");
    }

    [Fact]
    public void Scripts_can_be_run()
    {
        var offences = Repository.TextFiles.Where(file =>
            !OperatingSystem.IsWindows()
            && (Path.GetExtension(file) is "" or ".sh")
            && Repository.Lines(file).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true
            && !File.GetUnixFileMode(Path.Combine(Repository.Root, file)).HasFlag(UnixFileMode.UserExecute));

        Repository.AssertNone(offences, "Run 'chmod +x' and 'git update-index --chmod=+x':");
    }

    [Fact]
    public void Launchers_of_the_readme_exist()
    {
        var offences = ReadmeCommands().Select(command => command.Launcher).Distinct()
            .Where(launcher => !File.Exists(Path.Combine(Repository.Root, launcher)));

        Repository.AssertNone(offences, "The README calls what is not there:");
    }

    [Fact]
    public void Commands_of_the_readme_exist()
    {
        var program = string.Concat(Repository.SourceFiles.Where(file => file.StartsWith("src/Curation.Silo/", StringComparison.Ordinal)).Select(Repository.Read));
        Assert.SkipUnless(program.Contains("System.CommandLine", StringComparison.Ordinal), "the program has no commands yet");

        var offences = ReadmeCommands()
            .Where(command => command is { Launcher: "curate", Verb.Length: > 0 } && !program.Contains($"\"{command.Verb}\"", StringComparison.Ordinal))
            .Select(command => $"curate {command.Verb}");

        Repository.AssertNone(offences, "The README shows a command that the program does not have:");
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var offences =
            from file in Repository.TextFiles
            where file.EndsWith(".md", StringComparison.Ordinal)
            from Match link in MarkdownLink().Matches(Repository.Read(file))
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target.Split('#')[0]))
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{file}: {target}";

        Repository.AssertNone(offences, "Mend the link:");
    }

    private static IEnumerable<(string Launcher, string Verb)> ReadmeCommands() =>
        from line in Repository.Lines("README.md")
        let match = Command().Match(line)
        where match.Success
        select (match.Groups["launcher"].Value, match.Groups["verb"].Value);

    [GeneratedRegex(@"(?<![\w.~])/(work|root|tmp|farm|home/\w+)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^\s*(\$ )?\./(?<launcher>[\w.-]+)( (?<verb>[a-z]\w*))?")]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex MarkdownLink();
}
