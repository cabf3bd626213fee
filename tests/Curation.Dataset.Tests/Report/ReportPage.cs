using System.Net;
using System.Text.RegularExpressions;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Report;

namespace Curation.Dataset.Tests.Report;

/// <summary>A rendered report, and ways to read it.</summary>
internal sealed partial class ReportPage(string html)
{
    public string Html { get; } = html;

    /// <summary>All that a reader sees, without tags and with single spaces.</summary>
    public string Text { get; } = Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Hidden().Replace(html, " "), " ")), " ");

    public static async Task<ReportPage> Of(Policy policy, IEnumerable<ClipRecord> clips, IEnumerable<QuarantineRecord>? quarantined = null, Func<ReportContext, ReportContext>? change = null)
    {
        var builder = new ReportBuilder(policy);
        foreach (var clip in clips) builder.Add(clip);
        foreach (var source in quarantined ?? []) builder.Add(source);

        var context = new ReportContext { DatasetName = "voices", Created = new DateTimeOffset(2025, 3, 14, 15, 9, 0, TimeSpan.Zero), PipelineVersion = "1" };
        await using var output = new StringWriter();
        await builder.WriteAsync(output, change?.Invoke(context) ?? context, TestContext.Current.CancellationToken);
        return new ReportPage(output.ToString());
    }

    /// <summary>The markup of one section.</summary>
    public string Section(string id)
    {
        var start = Html.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"the page has no section '{id}'");
        return Html[start..Html.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    /// <summary>The text of the first row or card that holds a marker.</summary>
    public static string Cells(string section, string marker)
    {
        var row = Rows().Matches(section).Select(match => match.Value).First(value => value.Contains(marker, StringComparison.Ordinal));
        return Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(row, " ")), " ").Trim();
    }

    [GeneratedRegex("<(style|script)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<tr.*?</tr>|<li.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Rows();
}
