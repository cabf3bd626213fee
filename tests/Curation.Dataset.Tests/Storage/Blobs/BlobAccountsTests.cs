using System.Text;
using Curation.Dataset.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Curation.Dataset.Tests.Storage.Blobs;

public sealed class BlobAccountsTests
{
    private const string Variable = "AZURE_STORAGE_CONNECTION_STRING";

    private static readonly string Key = Convert.ToBase64String(Encoding.ASCII.GetBytes("the secret key of this test"));

    [Fact]
    public void Account_without_configuration_is_the_public_one_with_the_machines_identity()
    {
        Assert.Equal("https://account1.blob.core.windows.net/videos", Url("account1", new BlobOptions()));
    }

    [Fact]
    public void Connection_string_counts_for_its_own_account_only()
    {
        var options = new BlobOptions { ConnectionString = Connection("account1", "core.chinacloudapi.cn") };

        Assert.Equal("https://account1.blob.core.chinacloudapi.cn/videos", Url("account1", options));
        Assert.Equal("https://account2.blob.core.windows.net/videos", Url("account2", options));
    }

    [Fact]
    public void Environment_counts_after_the_configuration()
    {
        var given = Connection("account1", "core.usgovcloudapi.net");

        Assert.Equal("https://account1.blob.core.usgovcloudapi.net/videos", Url("account1", new BlobOptions(), given));
        Assert.Equal("https://account1.blob.core.windows.net/videos", Url("account1", new BlobOptions { ConnectionString = Connection("account1", "core.windows.net") }, given));
        Assert.Equal("https://account2.blob.core.windows.net/videos", Url("account2", new BlobOptions(), given));
    }

    [Fact]
    public void Connection_string_with_a_SAS_is_known_by_its_endpoint()
    {
        var options = new BlobOptions { ConnectionString = "BlobEndpoint=https://account1.blob.core.windows.net/;SharedAccessSignature=sv=2025-01-05&sig=abc" };

        Assert.StartsWith("https://account1.blob.core.windows.net/videos?sv=", Url("account1", options), StringComparison.Ordinal);
        Assert.Equal("https://account2.blob.core.windows.net/videos", Url("account2", options));
    }

    [Theory]
    [InlineData("http://127.0.0.1:10000", "http://127.0.0.1:10000/account1/videos")]
    [InlineData("http://127.0.0.1:10000/account1", "http://127.0.0.1:10000/account1/videos")]
    [InlineData("https://{account}.blob.core.chinacloudapi.cn", "https://account1.blob.core.chinacloudapi.cn/videos")]
    [InlineData("https://account1.z7.blob.storage.azure.net/", "https://account1.z7.blob.storage.azure.net/videos")]
    public void Service_address_takes_the_account_where_it_belongs(string url, string expected)
    {
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = Key, ServiceUrl = url } };

        Assert.Equal(expected, Url("account1", new BlobOptions { Accounts = own }));
    }

    [Fact]
    public void Plain_http_to_another_machine_is_refused_unless_allowed()
    {
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = Key, ServiceUrl = "http://azurite:10000" } };
        var options = new BlobOptions { Accounts = own };

        Assert.Contains("AllowPlainHttp", Assert.Throws<ArgumentException>(() => Url("account1", options)).Message, StringComparison.Ordinal);
        Assert.Equal("http://azurite:10000/account1/videos", Url("account1", options with { AllowPlainHttp = true }));
    }

    [Fact]
    public void Identity_of_the_machine_is_never_sent_over_plain_http()
    {
        var error = Assert.Throws<ArgumentException>(() => Url("account1", new BlobOptions { ServiceUrl = "http://127.0.0.1:10000", AllowPlainHttp = true }));

        Assert.Contains(Variable, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountName=account1;AccountKey=SECRET not base64;EndpointSuffix=core.windows.net")]
    [InlineData("AccountName=account1;SECRET")]
    [InlineData("AccountName=account1;BlobEndpoint=SECRET:x;AccountKey=SECRET")]
    public void Malformed_connection_string_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => Url("account1", new BlobOptions { ConnectionString = text }));

        Assert.Contains("Curate:Blob:ConnectionString", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Contradictory_options_are_refused_all_at_once()
    {
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = Key, Sas = "sig=x" } };
        var error = Assert.Throws<ArgumentException>(() => new BlobAccounts(new BlobOptions { Retries = -1, NetworkTimeout = TimeSpan.Zero, Accounts = own }));

        Assert.Contains("Retries", error.Message, StringComparison.Ordinal);
        Assert.Contains("NetworkTimeout", error.Message, StringComparison.Ordinal);
        Assert.Contains("Accounts:account1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_as_text_hold_no_secret()
    {
        var account = new BlobAccountOptions { AccountKey = Key, Sas = "sig=" + Key, ConnectionString = Connection("account1", "core.windows.net") };
        var options = new BlobOptions { ConnectionString = account.ConnectionString, Accounts = new Dictionary<string, BlobAccountOptions> { ["account1"] = account } };

        Assert.DoesNotContain(Key, $"{account} {options}", StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_read_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Curate:Blob:ServiceUrl"] = "https://{account}.example.org",
            ["Curate:Blob:Retries"] = "3",
            ["Curate:Blob:Accounts:account1:AccountKey"] = Key,
            ["Curate:Blob:Accounts:account1:ServiceUrl"] = "http://127.0.0.1:10000",
        }).Build();

        var options = configuration.GetSection("Curate:Blob").Get<BlobOptions>()!;

        Assert.Equal(3, options.Retries);
        Assert.Equal("https://account2.example.org/videos", Url("account2", options));
        Assert.Equal("http://127.0.0.1:10000/account1/videos", Url("account1", options));
    }

    private static string Connection(string account, string suffix) => $"DefaultEndpointsProtocol=https;AccountName={account};AccountKey={Key};EndpointSuffix={suffix}";

    private static string Url(string account, BlobOptions options, string? environment = null) =>
        new BlobAccounts(options, name => name == Variable ? environment : null).Open(BlobAddress.Parse($"azblob://{account}/videos")).Uri.AbsoluteUri;
}
