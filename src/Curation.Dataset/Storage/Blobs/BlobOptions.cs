namespace Curation.Dataset.Storage.Blobs;

/// <summary>How storage accounts are reached: the section <c>Curate:Blob</c>.</summary>
public sealed record BlobOptions
{
    /// <summary>A connection string for the account that it names; a secret. Where null, the environment variable <c>AZURE_STORAGE_CONNECTION_STRING</c> counts.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The address of the blob service for accounts that say nothing of their own; <c>{account}</c> in it stands for the account, else the account becomes the last part of the path. Null for <c>https://{account}.blob.core.windows.net</c>.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Accounts by name, where one needs something of its own.</summary>
    public IReadOnlyDictionary<string, BlobAccountOptions> Accounts { get; init; } = new Dictionary<string, BlobAccountOptions>();

    /// <summary>Whether http is allowed to other hosts than this machine, such as to an emulator in the same closed network. Everything but the key travels readable then.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Whether a write makes the container that it misses; else that is an error.</summary>
    public bool CreateContainers { get; init; }

    /// <summary>How often a failed request is sent again; 0 to 20. The default of 6 with the delays below rides out about half a minute; uncalibrated.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The wait before the first repetition; it doubles each time. A Retry-After of the store counts where it is longer.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait between two repetitions, unless the store asks for more.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one request, or one wait for more of a body, may take: above 0, to an hour. A block of 8 MiB must go up in it.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Says what is configured, never the secrets.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString() => $"{nameof(BlobOptions)} with {Accounts.Count} accounts of their own, {Retries} retries";

    /// <summary>Everything that is wrong with the values, in words.</summary>
    /// <returns>Empty where nothing is.</returns>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        if (Retries is < 0 or > 20) problems.Add($"Curate:Blob:Retries is {Retries}; it must be 0 to 20.");
        if (RetryDelay < TimeSpan.Zero || MaxRetryDelay < RetryDelay) problems.Add($"Curate:Blob:RetryDelay is {RetryDelay} and MaxRetryDelay {MaxRetryDelay}; they must not be negative, and the second not shorter.");
        if (NetworkTimeout <= TimeSpan.Zero || NetworkTimeout > TimeSpan.FromHours(1)) problems.Add($"Curate:Blob:NetworkTimeout is {NetworkTimeout}; it must be above 0 and at most an hour.");
        foreach (var (name, account) in Accounts)
        {
            var ways = new[] { account.ConnectionString, account.AccountKey, account.Sas }.Count(way => way is not null);
            if (ways > 1) problems.Add($"Curate:Blob:Accounts:{name} has more than one of ConnectionString, AccountKey and Sas; give one.");
        }

        return problems;
    }
}
