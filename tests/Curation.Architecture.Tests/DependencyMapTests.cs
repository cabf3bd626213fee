namespace Curation.Architecture.Tests;

/// <summary>Who may reference whom.</summary>
public sealed class DependencyMapTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Curation.Clips"] = [],
        ["Curation.Yaml"] = [],
        ["Curation.Media"] = ["Curation.Clips"],
        ["Curation.Filters"] = ["Curation.Clips"],
        ["Curation.Models"] = ["Curation.Clips"],
        ["Curation.Dataset"] = ["Curation.Clips"],
        ["Curation.Pipeline"] = ["Curation.Clips", "Curation.Yaml", "Curation.Media", "Curation.Filters", "Curation.Models", "Curation.Dataset"],
        ["Curation.Grains"] = ["Curation.Clips", "Curation.Pipeline"],
        ["Curation.Dashboard"] = ["Curation.Clips", "Curation.Dataset", "Curation.Pipeline", "Curation.Grains"],
        ["Curation.Silo"] = ["Curation.Dashboard", "Curation.Grains", "Curation.Pipeline"],
        ["Klear.Model"] = ["Curation.Clips", "Curation.Yaml", "Curation.Media", "Curation.Dataset", "Curation.Models"],
    };

    // The package, the namespace it brings, and the projects that may see it.
    private static readonly (string Package, string Namespace, string[] Projects)[] Guarded =
    [
        ("FFMpegCore", "FFMpegCore", ["Curation.Media"]),
        ("Parquet.Net", "Parquet", ["Curation.Dataset"]),
        ("DuckDB.NET.Data.Full", "DuckDB", ["Curation.Dataset"]),
        ("Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime", ["Curation.Models"]),
        ("Microsoft.Orleans", "Orleans", ["Curation.Grains", "Curation.Silo", "Curation.Dashboard"]),
        ("MudBlazor", "MudBlazor", ["Curation.Dashboard"]),
        ("TorchSharp", "TorchSharp", ["Klear.Model"]),
        ("ScottPlot", "ScottPlot", ["Curation.Pipeline", "Curation.Dashboard"]),
        ("CsvHelper", "CsvHelper", ["Curation.Pipeline"]),
        ("YamlDotNet", "YamlDotNet", ["Curation.Yaml"]),
    ];

    [Fact]
    public void Projects_reference_only_what_the_map_allows()
    {
        var offences = SourceProjects().SelectMany(project => Repository.ProjectReferences(project)
            .Except(Allowed.GetValueOrDefault(NameOf(project)) ?? [])
            .Select(reference => $"{project} references {reference}"));

        Repository.AssertNone(offences, "Move the code to where the dependency is allowed, or change the map here and in docs/data-flow.md, with an ADR:");
    }

    [Fact]
    public void Every_source_project_is_on_the_map()
    {
        Repository.AssertNone(SourceProjects().Where(project => !Allowed.ContainsKey(NameOf(project))), "Put the new project on the map, with an ADR:");
    }

    [Fact]
    public void Guarded_packages_stay_in_their_projects()
    {
        var offences =
            from project in SourceProjects()
            from package in Repository.Items(project, "PackageReference")
            from guard in Guarded
            where package == guard.Package || package.StartsWith(guard.Package + ".", StringComparison.Ordinal)
            where !guard.Projects.Contains(NameOf(project))
            select $"{project} references {package}";

        Repository.AssertNone(offences, "Only one project knows each of these packages; ask it for what is needed:");
    }

    [Fact]
    public void Guarded_namespaces_stay_in_their_projects()
    {
        var offences = Guarded.SelectMany(guard => Repository.LinesWhere(
            Repository.SourceFiles.Where(file => !guard.Projects.Contains(file.Split('/')[1])),
            line => line.StartsWith($"using {guard.Namespace};", StringComparison.Ordinal) || line.StartsWith($"using {guard.Namespace}.", StringComparison.Ordinal)));

        Repository.AssertNone(offences, "A package that comes along transitively is still not this project's to use:");
    }

    [Fact]
    public void Only_media_starts_processes()
    {
        string[] starts = ["ProcessStartInfo", "Process.Start(", "new Process("];
        var offences = Repository.LinesWhere(
            Repository.SourceFiles.Where(file => file.Split('/')[1] != "Curation.Media"),
            line => starts.Any(start => line.Contains(start, StringComparison.Ordinal)));

        Repository.AssertNone(offences, "Start processes through Curation.Media, which bounds their time, memory and output and ends them with us:");
    }

    [Fact]
    public void Test_projects_reference_the_project_they_are_named_after()
    {
        var offences = Repository.ProjectFiles
            .Where(project => project.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(project => Repository.ProjectReferences(project)
                .Where(reference => NameOf(project) != reference + ".Tests")
                .Select(reference => $"{project} references {reference}"));

        Repository.AssertNone(offences, "A test project references its own project; what that project knows comes along:");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        var solution = Repository.Read("Curation.sln").Replace('\\', '/');
        var offences = Repository.ProjectFiles.Where(project =>
            !solution.Contains(project, StringComparison.Ordinal)
            || !File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")));

        Repository.AssertNone(offences, "Run 'dotnet sln add' and 'dotnet restore', and commit both results:");
    }

    private static IEnumerable<string> SourceProjects() => Repository.ProjectFiles.Where(project => project.StartsWith("src/", StringComparison.Ordinal));

    private static string NameOf(string projectFile) => Path.GetFileNameWithoutExtension(projectFile);
}
