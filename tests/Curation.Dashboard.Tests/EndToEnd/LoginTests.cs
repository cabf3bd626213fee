using Curation.Dashboard.Hosting;
using Curation.Dashboard.Security;
using Microsoft.Playwright;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>A dashboard behind a key.</summary>
public sealed class LoginTests(DashboardStage stage)
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Page_behind_a_key_opens_with_the_key_only()
    {
        Chromium.Require();
        await using var server = await DashboardServer.StartAsync(Path.Combine(stage.Folder, "locked"), new DashboardOptions { Datasets = [stage.Dataset], Access = new DashboardAccess { ApiKey = ApiKey.From(Key, out _) } });

        await stage.LookAsync(View.Wide, async page =>
        {
            await page.GoAsync("clips?outcome=rejected");
            await Assertions.Expect(page.Page.GetByLabel("API key")).ToBeFocusedAsync();
            Assert.Contains("/login", page.Page.Url, StringComparison.Ordinal);
            Assert.Equal(401, (await page.Page.APIRequest.GetAsync(new Uri(server.Url, "api/v1/datasets").ToString())).Status);

            await page.Page.Keyboard.TypeAsync("fedcba9876543210fedcba9876543210");
            await page.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the key");

            await page.Page.GetByLabel("API key").FillAsync(Key);
            await page.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Page.Locator(".clip-tile").First).ToBeVisibleAsync();
            Assert.EndsWith("/clips?outcome=rejected", page.Page.Url, StringComparison.Ordinal);
            Assert.Equal(200, (await page.Page.APIRequest.GetAsync(new Uri(server.Url, "api/v1/datasets").ToString())).Status);
        }, server.Url);

        Assert.Empty(server.Errors);
    }
}
