using System.Net;
using Curation.Dashboard.Tests.Hosting;

namespace Curation.Dashboard.Tests.Security;

public sealed class SecurityMiddlewareTests
{
    [Fact]
    public async Task Page_every_answer_forbids_frames_foreign_scripts_and_guessed_types()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var browser = dashboard.Browser();

        foreach (var path in new[] { "/", "/login", "/api/v1/datasets", "/nowhere" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("default-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Fact]
    public async Task Page_holds_its_numbers_before_any_script_and_asks_no_other_host()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var browser = dashboard.Browser();

        var html = await browser.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("rejected by SNR", html, StringComparison.Ordinal);
        Assert.Contains("60 %", html, StringComparison.Ordinal);
        Assert.Contains("1 of 4 sources could not be processed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    public async Task Host_on_loopback_only_names_of_loopback_are_answered(string host, HttpStatusCode expected)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var browser = dashboard.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/datasets") { Headers = { Host = $"{host}:{dashboard.Url.Port}" } };

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Change_asked_for_by_a_page_of_another_site_is_refused()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var browser = dashboard.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session/end");
        request.Headers.Add("Origin", "http://evil.example");

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", "text/css")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js", "text/javascript")]
    public async Task Files_of_a_program_that_was_only_built_are_served(string path, string type)
    {
        await using var dashboard = await RunningDashboard.StartAsync(key: new string('k', 40));
        using var browser = dashboard.Browser();

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
