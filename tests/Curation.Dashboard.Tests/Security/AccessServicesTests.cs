using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Curation.Dashboard.Tests.Hosting;

namespace Curation.Dashboard.Tests.Security;

public sealed partial class AccessServicesTests
{
    private const string Key = "correct-horse-battery-staple-0123456789";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/quarantine")]
    public async Task Page_without_a_session_leads_to_the_login(string path)
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var browser = dashboard.Browser();

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/login", answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData("/api/v1/datasets")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/_blazor/negotiate")]
    public async Task Program_without_a_key_is_refused(string path)
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var client = dashboard.Browser();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Key_in_either_header_lets_a_program_in_and_a_wrong_one_does_not()
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(headers => headers.Add("X-Api-Key", Key)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", Key)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(headers => headers.Add("X-Api-Key", Key + "x")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", "")));
        Assert.DoesNotContain(Key, dashboard.Log, StringComparison.Ordinal);
        Assert.Contains("421 Audit: nobody from 127.0.0.1 was refused key on /api/v1/datasets", dashboard.Log, StringComparison.Ordinal);

        async Task<HttpStatusCode> StatusAsync(Action<HttpRequestHeaders> identify)
        {
            using var client = dashboard.Browser();
            identify(client.DefaultRequestHeaders);
            using var answer = await client.GetAsync(new Uri("/api/v1/datasets", UriKind.Relative), Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Login_with_the_key_opens_a_session_that_no_script_can_read()
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var browser = dashboard.Browser();

        using var wrong = await LogInAsync(browser, "wrong-key-wrong-key-wrong-key-wrong", "/quarantine");
        Assert.StartsWith("/login?wrong=true", wrong.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var right = await LogInAsync(browser, Key, "/quarantine");
        Assert.Equal("/quarantine", right.Headers.Location!.ToString());
        var cookie = right.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("curate-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using var page = await browser.GetAsync(new Uri("/", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Log out", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, dashboard.Log, StringComparison.Ordinal);
        Assert.Contains("420 Audit: api-key from 127.0.0.1 did login on dashboard", dashboard.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Login_never_leads_to_another_host(string returnUrl)
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var browser = dashboard.Browser();

        using var answer = await LogInAsync(browser, Key, returnUrl);

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Login_without_the_forms_token_is_refused_even_with_the_key()
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var browser = dashboard.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = Key });

        using var answer = await browser.PostAsync(new Uri("/session", UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Login_tried_too_often_has_to_wait()
    {
        await using var dashboard = await RunningDashboard.StartAsync(Key);
        using var browser = dashboard.Browser();
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 11; attempt++)
        {
            using var answer = await LogInAsync(browser, "wrong-key-wrong-key-wrong-key-wrong", "/");
            answers.Add(answer.StatusCode);
        }

        Assert.All(answers.Take(10), status => Assert.Equal(HttpStatusCode.Redirect, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[10]);
    }

    private static async Task<HttpResponseMessage> LogInAsync(HttpClient browser, string key, string returnUrl)
    {
        var html = await browser.GetStringAsync(new Uri("/login", UriKind.Relative), Stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value),
            ["key"] = key,
            ["returnUrl"] = returnUrl,
        });
        return await browser.PostAsync(new Uri("/session", UriKind.Relative), form, Stop);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
