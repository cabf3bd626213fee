using Curation.Grains;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Curation.Silo.Following;

/// <summary>The live view on a terminal: sources, clips, rate, time left and the funnel so far.</summary>
internal sealed class LiveView(LiveDisplayContext display) : IRunView
{
    private const int ShownFilters = 8;
    private const int ShownSources = 4;
    private const int BarWidth = 30;

    public void Show(RunProgress progress, TimeSpan elapsed)
    {
        display.UpdateTarget(Render(progress, elapsed));
        display.Refresh();
    }

    /// <summary>The picture of one moment.</summary>
    public static IRenderable Render(RunProgress progress, TimeSpan elapsed)
    {
        var counts = progress.Counts;
        var share = TimeLeft.Share(progress);
        var rate = elapsed > TimeSpan.Zero ? counts.AnalysedSeconds / elapsed.TotalSeconds : 0;
        var head = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        head.AddRow("[bold]Sources[/]", FormattableString.Invariant(
            $"{counts.Sources} of {progress.TotalSources?.ToString(null, null) ?? "..."}{(counts.Quarantined > 0 ? $", [yellow]{counts.Quarantined} quarantined[/]" : "")}{(counts.AlreadyDone > 0 ? $", {counts.AlreadyDone} done before" : "")}"));
        head.AddRow("[bold]Progress[/]", FormattableString.Invariant(
            $"{Bar(share ?? 0, "blue")} {100 * (share ?? 0):0} %   {TimeLeft.Format(elapsed)} elapsed, {TimeLeft.Format(TimeLeft.Estimate(share, elapsed))} left, {rate:0.0}x real time"));
        head.AddRow("[bold]Clips[/]", FormattableString.Invariant(
            $"{counts.Clips}: [green]{counts.Retained} retained[/], [yellow]{counts.Held} held[/], [red]{counts.Rejected} rejected[/]"));

        foreach (var (filter, rejected) in counts.ByFilter.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(ShownFilters))
        {
            head.AddRow($"  [grey]{Markup.Escape(filter)}[/]", FormattableString.Invariant($"{Bar((double)rejected / Math.Max(1, counts.Clips), "red")} {rejected}"));
        }

        foreach (var source in progress.InFlight.Take(ShownSources))
        {
            var state = source.Stage == "finish" ? "finishing its clips" : FormattableString.Invariant($"{100 * source.Share:0} %");
            head.AddRow("[grey]in work[/]", $"[grey]{Markup.Escape(DisplayName.Of(source.Uri))} {state}[/]");
        }

        if (progress.State == RunState.Committing) head.AddRow("[grey]now[/]", "[grey]writing the data set and its report[/]");
        return head;
    }

    private static string Bar(double share, string colour)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        return $"[{colour}]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/]";
    }
}
