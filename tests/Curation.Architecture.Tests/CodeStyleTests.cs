using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests;

/// <summary>How a file of code looks.</summary>
public sealed partial class CodeStyleTests
{
    private const int MaxLines = 400;

    [Fact]
    public void Files_are_short()
    {
        var offences = Repository.SourceFiles.Concat(Repository.TestFiles)
            .Select(file => (file, lines: Repository.Lines(file).Length))
            .Where(entry => entry.lines > MaxLines)
            .Select(entry => $"{entry.file}: {entry.lines} lines");

        Repository.AssertNone(offences, $"A file is one idea; above {MaxLines} lines it is two. Split it:");
    }

    [Fact]
    public void A_file_has_one_public_type_and_its_name()
    {
        var offences =
            from file in Repository.SourceFiles
            let types = Repository.TopLevelTypes(file).Where(type => type.Modifiers.Contains("public", StringComparison.Ordinal)).ToList()
            where types.Count > 1 || (types.Count == 1 && Path.GetFileName(file).Split('.')[0] != types[0].Name)
            select $"{file}: {string.Join(", ", types.Select(type => type.Name))}";

        Repository.AssertNone(offences, "Give each public type a file with its name (parts of it are X.Log.cs):");
    }

    [Fact]
    public void Classes_and_records_are_sealed_static_or_abstract()
    {
        var offences = Repository.TypesWhere(type => type.Kind is "class" or "record" or "record class" && !Sealed().IsMatch(type.Modifiers));

        Repository.AssertNone(offences, "Seal it, in every part of a partial type; what is meant for inheritance is abstract:");
    }

    [Fact]
    public void Names_say_what_a_type_is()
    {
        var offences = Repository.TypesWhere(type => EmptyName().IsMatch(type.Name));

        Repository.AssertNone(offences, "Name the type after what it does; these words say nothing:");
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        var offences =
            from file in Repository.SourceFiles.Concat(Repository.TestFiles)
            where !file.StartsWith("tests/Shared/", StringComparison.Ordinal)
            let folders = Path.GetDirectoryName(file)!.Replace('\\', '/').Split('/').Skip(1)
            let wanted = $"namespace {string.Join('.', folders)};"
            let lines = Repository.Lines(file)
            where lines.Any(line => line.StartsWith("namespace ", StringComparison.Ordinal)) && !lines.Contains(wanted)
            select $"{file}: wants '{wanted}'";

        Repository.AssertNone(offences, "Move the file or rename the namespace:");
    }

    [Fact]
    public void Catching_everything_is_explained()
    {
        var offences =
            from file in Repository.SourceFiles
            let lines = Repository.Lines(file)
            from number in Enumerable.Range(0, lines.Length)
            where CatchesEverything().IsMatch(lines[number])
            where !lines[Math.Max(0, number - 1)..Math.Min(lines.Length, number + 3)].Any(line => line.Contains("//", StringComparison.Ordinal))
            select $"{file}:{number + 1}: {lines[number].Trim()}";

        Repository.AssertNone(offences, "Catch what is expected, with 'when'; at an outermost edge say why in a comment beside it:");
    }

    [Fact]
    public void Catch_without_a_type_is_not_used()
    {
        var offences =
            from file in Repository.SourceFiles
            where BareCatch().IsMatch(Repository.Read(file))
            select file;

        Repository.AssertNone(offences, "Name the exceptions that are expected:");
    }

    [GeneratedRegex(@"\b(sealed|static|abstract)\b")]
    private static partial Regex Sealed();

    [GeneratedRegex("Util|Manager|Helper|Misc$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*catch\s*\(\s*(System\.)?Exception(\s+\w+)?\s*\)\s*$")]
    private static partial Regex CatchesEverything();

    [GeneratedRegex(@"\bcatch\s*\{")]
    private static partial Regex BareCatch();
}
