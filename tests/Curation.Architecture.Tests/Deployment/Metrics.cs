using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests.Deployment;

/// <summary>The metrics that exist, under the names that Prometheus shows, and those that somebody looks at.</summary>
internal static partial class Metrics
{
    /// <summary>Our own instruments by their names in the source, and what Prometheus makes of each.</summary>
    public static IReadOnlyDictionary<string, string[]> Own { get; } = Repository.SourceFiles.SelectMany(file => Instrument().Matches(Repository.Read(file))).ToDictionary(
        match => match.Groups["name"].Value,
        match => PrometheusNames(match.Groups["name"].Value, Unit().Match(match.Groups["rest"].Value).Groups["unit"].Value, match.Groups["kind"].Value));

    /// <summary>What .NET's own meter has, asked of the runtime that this test runs on.</summary>
    public static IReadOnlySet<string> Runtime { get; } = ReadRuntime();

    /// <summary>Values of the label <c>outcome</c> and the like: every text constant of the source.</summary>
    public static bool IsLabelValue(string value) => Repository.SourceFiles
        .Where(file => file.StartsWith("src/Curation.Grains/", StringComparison.Ordinal))
        .Any(file => Repository.Read(file).Contains($"\"{value}\"", StringComparison.Ordinal));

    /// <summary>The queries of the dashboard and of the alerts, each with where it stands.</summary>
    public static IEnumerable<(string Where, string Query)> Queries() => DashboardQueries().Concat(
        from @group in DeployFiles.Documents(DeployFiles.Alerts).Single().List("groups")
        from rule in @group.List("rules")
        select ($"{DeployFiles.Alerts}: {rule.Text("alert")}", rule.Text("expr")!));

    /// <summary>The names of the alerts.</summary>
    public static IEnumerable<string> Alerts() =>
        from @group in DeployFiles.Documents(DeployFiles.Alerts).Single().List("groups")
        from rule in @group.List("rules")
        select rule.Text("alert")!;

    /// <summary>The metrics that a text names.</summary>
    public static IEnumerable<string> NamesIn(string text) => Name().Matches(text).Select(match => match.Value).Distinct();

    private static IEnumerable<(string, string)> DashboardQueries()
    {
        using var dashboard = JsonDocument.Parse(Repository.Read(DeployFiles.Dashboard));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out var targets)) continue;
            foreach (var target in targets.EnumerateArray())
            {
                yield return ($"{DeployFiles.Dashboard}: {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!);
            }
        }
    }

    private static HashSet<string> ReadRuntime()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "System.Runtime") names.UnionWith(PrometheusNames(instrument.Name, instrument.Unit ?? "", instrument.GetType().Name.Split('`')[0]));
            },
        };
        listener.Start();
        return names;
    }

    // As OpenTelemetry's Prometheus exporter does: dots become underscores, units are spelled out, counters end in _total.
    private static string[] PrometheusNames(string name, string unit, string kind)
    {
        var full = name.Replace('.', '_') + unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return kind switch
        {
            "Counter" or "ObservableCounter" => [$"{full}_total"],
            "Histogram" => [$"{full}_bucket", $"{full}_count", $"{full}_sum"],
            _ => [full],
        };
    }

    [GeneratedRegex(@"\.Create(?<kind>\w+?)(?:<\w+>)?\(""(?<name>curation[\w.]+)"",(?<rest>.*)")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"""(?<unit>s|By)"",")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\b(curation|dotnet)_[a-z_]+\b")]
    private static partial Regex Name();
}
