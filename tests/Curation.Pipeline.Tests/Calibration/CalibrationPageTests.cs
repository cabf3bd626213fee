using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed partial class CalibrationPageTests
{
    [Fact]
    public void Page_holds_a_histogram_of_each_measured_limit_as_a_picture_of_its_own()
    {
        var clips = new MadeClips(4).With("snr_db", 1, 2, 3, 4).With("sync_offset_s", 0, 0.1, -0.1, 3).With("sync_confidence", 1, 1, 1, 1).Table;
        var result = RetentionCalibrator.Calibrate(
            new Policy("base") { Sha256 = "", Limits = [new Limit("snr_db") { Min = 0 }, new Limit("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5 }, new Limit("aesthetic") { Min = 4.5 }] }, clips, 0.5, "<new>");

        var page = CalibrationPage.Write(result, new CalibrationSource("<script>", "abc", "demo"), clips);

        Assert.Equal(2, Pictures(page).Count);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<new>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("unmeasured in all 4 clips", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_add_a_curve_for_each_bound()
    {
        var clips = MadeClips.Of("loudness_lufs", [.. Enumerable.Range(0, 60).Select(value => (double)value)]);
        var labels = new ClipLabels("made", Enumerable.Range(0, 60).ToDictionary(MadeClips.Id, row => row >= 30));
        var result = LabelCalibrator.Calibrate(new Policy("base") { Sha256 = "", Limits = [new Limit("loudness_lufs") { Min = 0, Max = 100 }] }, clips, labels, "new");

        Assert.Equal(3, Pictures(CalibrationPage.Write(result, new CalibrationSource("set", "abc", "demo"), clips)).Count);
    }

    [Fact]
    public void Values_that_are_all_equal_are_drawn_too()
    {
        var clips = MadeClips.Of("frozen_ratio", 0, 0, 0);
        var result = RetentionCalibrator.Calibrate(new Policy("base") { Sha256 = "", Limits = [new Limit("frozen_ratio") { Max = 0 }] }, clips, 1, "new");

        Assert.Single(Pictures(CalibrationPage.Write(result, new CalibrationSource("set", "abc", "demo"), clips)));
    }

    private static List<XDocument> Pictures(string page) =>
        [.. Picture().Matches(page).Select(match => XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(WebUtility.HtmlDecode(match.Groups[1].Value)))))];

    [GeneratedRegex("<img src=\"data:image/svg.{1,5}xml;base64,([^\"]+)\"")]
    private static partial Regex Picture();
}
