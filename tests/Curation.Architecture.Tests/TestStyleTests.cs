using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests;

/// <summary>Where tests stand and what they are called.</summary>
public sealed partial class TestStyleTests
{
    // Tests of the whole program mirror no single file.
    private const string EndToEnd = "EndToEnd";

    [Fact]
    public void Tests_mirror_the_source_tree()
    {
        var sources = Repository.SourceFiles.ToLookup(file => Path.GetDirectoryName(file)!.Replace('\\', '/'), file => Path.GetFileName(file).Split('.')[0]);
        var offences =
            from file in Repository.TestFiles
            let parts = file.Split('/')
            where parts[1] != "Shared" && parts[1] != "Curation.Architecture.Tests" && !parts.Contains(EndToEnd)
            where file.EndsWith("Tests.cs", StringComparison.Ordinal)
            let folder = Path.GetDirectoryName(file)!.Replace('\\', '/').Replace("tests/", "src/", StringComparison.Ordinal).Replace(".Tests", "", StringComparison.Ordinal)
            let name = Path.GetFileName(file)
            where !sources[folder].Any(source => name.StartsWith(source, StringComparison.Ordinal))
            select $"{file}: no file of {folder} has the name that it starts with";

        Repository.AssertNone(offences, $"Tests of src/P/F/X.cs are tests/P.Tests/F/XTests.cs, or X...Tests.cs for a part; whole-program tests stand in a folder {EndToEnd}:");
    }

    [Fact]
    public void Test_names_state_a_fact()
    {
        var offences =
            from file in Repository.TestFiles
            let lines = Repository.Lines(file)
            from number in Enumerable.Range(1, Math.Max(0, lines.Length - 1))
            let match = TestMethod().Match(lines[number])
            where match.Success && IsTest(lines, number) && !match.Groups["name"].Value.Contains('_', StringComparison.Ordinal)
            select $"{file}:{number + 1}: {match.Groups["name"].Value}";

        Repository.AssertNone(offences, "Name tests Subject_condition_result:");
    }

    private static bool IsTest(string[] lines, int number)
    {
        for (var above = number - 1; above >= 0 && lines[above].TrimStart().StartsWith('['); above--)
        {
            if (lines[above].Contains("[Fact", StringComparison.Ordinal) || lines[above].Contains("[Theory", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    [GeneratedRegex(@"^    public (async Task|Task|void|async ValueTask|ValueTask) (?<name>\w+)\(")]
    private static partial Regex TestMethod();
}
