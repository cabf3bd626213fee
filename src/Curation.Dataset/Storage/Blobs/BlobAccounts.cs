using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Opens storage accounts as they are configured. A secret is used for the account that it was given for and for no other.</summary>
public sealed class BlobAccounts
{
    private const string ConnectionStringVariable = "AZURE_STORAGE_CONNECTION_STRING";
    private const string AccountPlace = "{account}";
    private const string ApplicationId = "klear-curation";

    // A copy's source carries the SAS in its address, and the address is a header then.
    private const string CopySourceHeader = "x-ms-copy-source";

    private readonly Func<string, string?> _environment;
    private readonly Lazy<TokenCredential> _identity;
    private readonly ConcurrentDictionary<string, BlobServiceClient> _services = new(StringComparer.Ordinal);

    /// <summary>Accounts by options.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="environment">Looks up environment variables; null for the process's own.</param>
    /// <param name="identity">Signs in where an account has no secret of its own; null for the identity of the machine (<see cref="DefaultAzureCredential"/>).</param>
    /// <exception cref="ArgumentException">The options contradict themselves; the message has all of it.</exception>
    public BlobAccounts(BlobOptions? options = null, Func<string, string?>? environment = null, TokenCredential? identity = null)
    {
        Options = options ?? new BlobOptions();
        var problems = Options.FindProblems();
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));

        _environment = environment ?? Environment.GetEnvironmentVariable;
        _identity = new Lazy<TokenCredential>(() => identity ?? new DefaultAzureCredential());
    }

    /// <summary>The options.</summary>
    public BlobOptions Options { get; }

    /// <summary>The container of an address. Nothing is sent yet.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Its client.</returns>
    /// <exception cref="ArgumentException">The account is not configured well; the message says how, without secrets.</exception>
    public BlobContainerClient Open(BlobAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return _services.GetOrAdd(address.Account, Connect).GetBlobContainerClient(address.Container);
    }

    private BlobServiceClient Connect(string account)
    {
        var own = Options.Accounts.FirstOrDefault(entry => entry.Key.Equals(account, StringComparison.OrdinalIgnoreCase)).Value;
        if (own is not null) return Connect(account, own, $"Curate:Blob:Accounts:{account}");

        if (Options.ConnectionString is { Length: > 0 } configured && BlobConnectionString.AccountOf(configured) == account)
        {
            return Connect(account, new BlobAccountOptions { ConnectionString = configured }, "Curate:Blob:ConnectionString");
        }

        if (_environment(ConnectionStringVariable) is { Length: > 0 } given && BlobConnectionString.AccountOf(given) == account)
        {
            return Connect(account, new BlobAccountOptions { ConnectionString = given }, ConnectionStringVariable);
        }

        return Connect(account, new BlobAccountOptions(), "Curate:Blob");
    }

    private BlobServiceClient Connect(string account, BlobAccountOptions way, string setting)
    {
        try
        {
            return way.ConnectionString is { Length: > 0 } connection
                ? Secured(new BlobServiceClient(connection, ClientOptions()), setting)
                : Connect(account, way, ServiceUrl(account, way), setting);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException || (error is ArgumentException && error.Source?.StartsWith("Azure", StringComparison.Ordinal) == true))
        {
            // Without the cause: it might quote the secret.
            throw new ArgumentException($"{setting} for the account '{account}' is not well formed. Copy the connection string, key or SAS again.", nameof(account));
        }
    }

    private BlobServiceClient Connect(string account, BlobAccountOptions way, Uri url, string setting)
    {
        if (way.AccountKey is { Length: > 0 } key) return Secured(new BlobServiceClient(url, new StorageSharedKeyCredential(account, key), ClientOptions()), setting);

        // In the address rather than beside it: a copy's source needs it too.
        if (way.Sas is { Length: > 0 } sas) return Secured(new BlobServiceClient(new UriBuilder(url) { Query = sas.TrimStart('?') }.Uri, ClientOptions()), setting);

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"The account '{account}' has no connection string, key or SAS, and the machine's identity is never sent to {url.Scheme}://{url.Authority}. Set Curate:Blob:Accounts:{account}:ConnectionString or {ConnectionStringVariable}.", nameof(account));
        }

        return new BlobServiceClient(url, _identity.Value, ClientOptions());
    }

    private BlobServiceClient Secured(BlobServiceClient client, string setting)
    {
        var url = client.Uri;
        if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || Options.AllowPlainHttp))) return client;

        throw new ArgumentException($"{setting} leads to {url.Scheme}://{url.Authority}: only https is used, and http on this machine. For an emulator in a closed network set Curate:Blob:AllowPlainHttp.", nameof(setting));
    }

    private Uri ServiceUrl(string account, BlobAccountOptions way)
    {
        var text = (way.ServiceUrl ?? Options.ServiceUrl ?? $"https://{AccountPlace}.blob.core.windows.net").Replace(AccountPlace, account, StringComparison.Ordinal);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.UserInfo.Length > 0 || url.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"The service address for the account '{account}' must be an http or https address without user and query.", nameof(account));
        }

        return BlobConnectionString.AccountOf(url) == account ? url : new Uri($"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{account}");
    }

    private BlobClientOptions ClientOptions()
    {
        var options = new BlobClientOptions
        {
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = Options.Retries,
                Delay = Options.RetryDelay,
                MaxDelay = Options.MaxRetryDelay,
                NetworkTimeout = Options.NetworkTimeout,
            },
            Diagnostics = { ApplicationId = ApplicationId, IsLoggingContentEnabled = false },
        };
        options.AddPolicy(new RetryMetrics(), HttpPipelinePosition.PerRetry);
        while (options.Diagnostics.LoggedHeaderNames.Remove(CopySourceHeader))
        {
        }

        return options;
    }
}
