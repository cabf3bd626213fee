using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Curation.Clips;
using Curation.Dataset.Report;
using Curation.Dataset.Report.Sections;
using static Curation.Dataset.Tests.Report.Rows;

namespace Curation.Dataset.Tests.Report;

public sealed partial class ReportBuilderSecurityTests
{
    private const string Attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    [Fact]
    public async Task Text_from_rows_never_becomes_markup()
    {
        var policy = Policy() with { Name = Attack };
        var kept = Clip(policy, 1) with
        {
            SourceUri = "file:///in/" + Attack,
            Caption = Attack,
            MediaPath = "clips/aa/" + Attack + ".mp4",
            PosterPath = "clips/aa/x.jpg",
            Licence = Attack,
        };
        var rejected = Clip(policy, 2) with { Outcome = ClipOutcome.Rejected, RejectedBy = Attack, Reason = Attack };
        var held = Clip(policy, 3) with { Outcome = ClipOutcome.Held, Reason = Attack };
        var page = await ReportPage.Of(policy, [kept, rejected, held], [new QuarantineRecord(Attack, null, null, Attack, Attack)], context => context with
        {
            DatasetName = Attack,
            PipelineVersion = Attack,
            AbsentSlots = [new AbsentSlot(Attack, Attack)],
        });

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Single(Scripts().Matches(page.Html));
        Assert.Contains("<script>alert(1)</script>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_line_breaks_and_direction_marks_show_them()
    {
        var policy = Policy();
        var page = await ReportPage.Of(policy, [Clip(policy, 1) with { SourceUri = "file:///in/two%0Alines%E2%80%AEgpj.mp4" }]);

        Assert.Contains("two␊lines\ufffdgpj.mp4", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page.Html);
    }

    [Fact]
    public async Task Policy_of_the_page_hashes_exactly_its_own_style_and_script()
    {
        var page = await ReportPage.Of(FakeRows.Klear, FakeRows.Clips(50));
        var policy = WebUtility.HtmlDecode(PolicyTag().Match(page.Html).Groups[1].Value);

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{HashOf(Scripts().Match(page.Html).Groups[1].Value)}'", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{HashOf(Styles().Match(page.Html).Groups[1].Value)}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(Handlers(), page.Html);
    }

    [Fact]
    public async Task Page_asks_for_nothing_outside_the_data_set()
    {
        var page = await ReportPage.Of(FakeRows.Klear, FakeRows.Clips(400), FakeRows.Quarantined, context => context with
        {
            LoadPoster = (_, _) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(new byte[] { 0xff, 0xd8, 0xff, 0xe0 }),
        });

        var addresses = Addresses().Matches(page.Html).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Matches("^(#[a-z]+|data:(,|image/jpeg;base64,/9j/4A==)|clips/[0-9a-f]{2}/[0-9a-f]{32}\\.mp4)$", WebUtility.HtmlDecode(address)));
        Assert.DoesNotContain("url(http", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("clips/aa/x.mp4", "clips/aa/x.mp4")]
    [InlineData("clips/aa/a b#c?d.mp4", "clips/aa/a%20b%23c%3Fd.mp4")]
    [InlineData("javascript:alert(1)", "javascript%3Aalert%281%29")]
    [InlineData("../../etc/passwd", "")]
    [InlineData("/etc/passwd", "")]
    [InlineData("clips\\..\\x.mp4", "")]
    [InlineData("//host/x.mp4", "")]
    [InlineData(null, "")]
    public void Media_link_stays_in_the_data_set(string? path, string expected) =>
        Assert.Equal(expected, ExampleSection.RelativeLink(path));

    [Fact]
    public async Task Poster_that_is_no_picture_is_left_out()
    {
        var policy = Policy();
        var page = await ReportPage.Of(policy, [Clip(policy, 1) with { PosterPath = "clips/aa/x.svg" }], change: context => context with
        {
            LoadPoster = (_, _) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(Encoding.UTF8.GetBytes("<svg onload='alert(1)'/>")),
        });

        Assert.DoesNotContain("data:image/", Styles().Replace(page.Html, string.Empty), StringComparison.Ordinal);
        Assert.Contains("no still", page.Text, StringComparison.Ordinal);
    }

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex PolicyTag();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();

    [GeneratedRegex("<[a-z][^>]*\\s(on[a-z]+|style)=", RegexOptions.IgnoreCase)]
    private static partial Regex Handlers();

    [GeneratedRegex("<[a-z][^>]*\\s(?:src|href|poster)=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
