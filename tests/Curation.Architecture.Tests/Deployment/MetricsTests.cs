using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests.Deployment;

/// <summary>Who watches the cluster looks at what it really measures.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public void Queries_name_metrics_that_exist()
    {
        var known = Metrics.Own.Values.SelectMany(names => names).Concat(Metrics.Runtime).ToHashSet();
        Assert.NotEmpty(Metrics.Own);

        var offences =
            from query in Metrics.Queries()
            from name in Metrics.NamesIn(query.Query)
            where !known.Contains(name)
            select $"{query.Where}: {name}";

        Repository.AssertNone(offences, "Nothing in src makes such a metric; Prometheus shows counters with _total, and seconds and bytes in the name:");
    }

    [Fact]
    public void Queries_name_outcomes_that_exist()
    {
        var offences =
            from query in Metrics.Queries()
            from Match match in Outcome().Matches(query.Query)
            from value in match.Groups["values"].Value.Split('|')
            where !Metrics.IsLabelValue(value)
            select $"{query.Where}: {value}";

        Repository.AssertNone(offences, "Nothing in src/Curation.Grains counts an outcome of this name:");
    }

    [Fact]
    public void Every_metric_is_looked_at()
    {
        var seen = Metrics.Queries().SelectMany(query => Metrics.NamesIn(query.Query)).ToHashSet();
        var offences = Metrics.Own.Where(entry => !entry.Value.Any(seen.Contains)).Select(entry => entry.Key);

        Repository.AssertNone(offences, "A metric that no panel and no alert shows is found by nobody:");
    }

    [Fact]
    public void Every_metric_is_documented()
    {
        var text = Repository.Read(DeployFiles.Operations);
        var named = Metrics.NamesIn(text).ToHashSet();
        var known = Metrics.Own.Values.SelectMany(names => names).Concat(Metrics.Runtime).ToHashSet();

        Repository.AssertNone(Metrics.Own.Keys.Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal)), "Say in docs/operations.md what it is:");
        Repository.AssertNone(named.Where(name => !known.Contains(name)), "docs/operations.md names a metric that does not exist:");
    }

    [Fact]
    public void Every_alert_is_documented_and_tested()
    {
        var text = Repository.Read(DeployFiles.Operations);
        var tests = Repository.Read("deploy/prometheus/alerts.test.yaml");
        var alerts = Metrics.Alerts().ToList();
        Assert.NotEmpty(alerts);

        Repository.AssertNone(alerts.Where(alert => !text.Contains($"| `{alert}` |", StringComparison.Ordinal)), "Say in docs/operations.md what it means and what to do:");
        Repository.AssertNone(alerts.Where(alert => !Regex.IsMatch(tests, $@"alertname: {alert}\s+exp_alerts:")), "Show in alerts.test.yaml when it fires:");
        Repository.AssertNone(alerts.Where(alert => !tests.Contains($"alertname: {alert}}}", StringComparison.Ordinal)), "Show in alerts.test.yaml that it can be quiet:");
    }

    [Fact]
    public void Alert_on_scratch_knows_the_budget()
    {
        var budget = Repository.Lines(DeployFiles.KubernetesSettings).Single(line => line.StartsWith("Curate__Silo__ScratchBytes=", StringComparison.Ordinal)).Split('=')[1];
        var query = Metrics.Queries().Single(query => query.Where.EndsWith("CurationScratchFull", StringComparison.Ordinal)).Query;

        Assert.EndsWith($"* {budget}", query, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"outcome=~?""(?<values>[^""]+)""")]
    private static partial Regex Outcome();
}
