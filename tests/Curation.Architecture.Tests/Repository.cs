using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Curation.Architecture.Tests;

/// <summary>The files of the repository as they stand on disk.</summary>
internal static partial class Repository
{
    private static readonly HashSet<string> IgnoredFolders = new(StringComparer.Ordinal)
    {
        ".git", ".idea", ".vs", "TestResults", "artifacts", "bin", "my-dataset", "my-videos", "node_modules", "obj", "quickstart",
    };

    private static readonly HashSet<string> TextExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        "", ".cs", ".css", ".csproj", ".html", ".js", ".json", ".jsonl", ".md", ".props", ".razor", ".sh", ".sln", ".targets", ".txt", ".yaml", ".yml",
    };

    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every text file, relative to the root, with <c>/</c>.</summary>
    public static IReadOnlyList<string> TextFiles { get; } = [.. Walk(Root).Where(path => TextExtensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal)];

    /// <summary>The C# files of the product.</summary>
    public static IEnumerable<string> SourceFiles => TextFiles.Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The C# files of the tests.</summary>
    public static IEnumerable<string> TestFiles => TextFiles.Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The project files.</summary>
    public static IEnumerable<string> ProjectFiles => TextFiles.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>The lines of some files that are so, each behind its file's name.</summary>
    public static IEnumerable<string> LinesWhere(IEnumerable<string> files, Func<string, bool> isSo) =>
        files.SelectMany(file => Lines(file).Where(isSo).Select(line => $"{file}: {line.Trim()}"));

    /// <summary>The top-level types of product and tests that are so, each behind its file's name.</summary>
    public static IEnumerable<string> TypesWhere(Func<(string Modifiers, string Kind, string Name), bool> isSo) =>
        SourceFiles.Concat(TestFiles).SelectMany(file => TopLevelTypes(file).Where(isSo).Select(type => $"{file}: {type.Name}"));

    /// <summary>The values of an item's Include in a project file, such as its package references.</summary>
    public static IEnumerable<string> Items(string projectFile, string item) =>
        XDocument.Parse(Read(projectFile)).Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();

    /// <summary>The names of the projects that a project references.</summary>
    public static IEnumerable<string> ProjectReferences(string projectFile) =>
        Items(projectFile, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>The types that stand at the top level of a file: their accessibility, modifiers, kind and name.</summary>
    public static IEnumerable<(string Modifiers, string Kind, string Name)> TopLevelTypes(string path) =>
        Lines(path).Select(line => TopLevelType().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["modifiers"].Value, match.Groups["kind"].Value, match.Groups["name"].Value));

    /// <summary>Fails with one line for each offence and the way out.</summary>
    public static void AssertNone(IEnumerable<string> offences, string whatToDo)
    {
        var all = offences.ToList();
        Assert.True(all.Count == 0, $"{whatToDo}\n{string.Join('\n', all)}");
    }

    // dotnet format puts top-level types of a file-scoped namespace at the start of the line, so no parser is needed.
    [GeneratedRegex(@"^(?<modifiers>(?:(?:public|internal|file|sealed|static|abstract|readonly|partial|ref|unsafe)\s+)*)(?<kind>record struct|record class|record|class|struct|interface|enum|delegate)\s+(?<name>\w+)")]
    private static partial Regex TopLevelType();

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return Path.GetRelativePath(Root, file).Replace('\\', '/');

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (IgnoredFolders.Contains(Path.GetFileName(child))) continue;
            foreach (var file in Walk(child)) yield return file;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Curation.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Curation.sln above {AppContext.BaseDirectory}.");
    }
}
