using Curation.Dashboard.Security;

namespace Curation.Dashboard.Tests.Security;

public sealed class DashboardAccessTests
{
    private static readonly ApiKey Key = ApiKey.From(new string('k', 32), out _)!;

    [Theory]
    [InlineData("http://127.0.0.1:8080", null)]
    [InlineData("http://localhost:8080", null)]
    [InlineData("http://[::1]:8080", null)]
    [InlineData("http://127.0.0.1:8080", "http://localhost:9000")]
    public void Fault_on_loopback_is_none_without_a_key(string url, string? publicUrl) => Assert.Null(Access(url, publicUrl).Fault("a key"));

    [Theory]
    [InlineData("http://0.0.0.0:8080", null)]
    [InlineData("http://[::]:8080", null)]
    [InlineData("http://10.1.2.3:8080", null)]
    [InlineData("http://curate.example:8080", null)]
    [InlineData("http://127.0.0.1:8080", "https://curate.example")]
    public void Fault_where_others_can_reach_it_asks_for_a_key(string url, string? publicUrl)
    {
        var access = Access(url, publicUrl);

        Assert.Contains("would ask nobody who they are; give a key", access.Fault("a key"), StringComparison.Ordinal);
        Assert.Null((access with { ApiKey = Key }).Fault("a key"));
        Assert.Null((access with { OpenIdConnect = new OpenIdConnectAccess(new Uri("https://id.example"), "curate", null) }).Fault("a key"));
    }

    private static DashboardAccess Access(string url, string? publicUrl) => new() { Url = new Uri(url), PublicUrl = publicUrl is null ? null : new Uri(publicUrl) };
}
