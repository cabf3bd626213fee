namespace Curation.Dataset.Storage.Blobs;

/// <summary>How one storage account is reached. Without a connection string, a key or a SAS, the machine's own identity is used.</summary>
public sealed record BlobAccountOptions
{
    /// <summary>A connection string, as the portal shows it; a secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The address of the account's blob service where it is not <c>https://ACCOUNT.blob.core.windows.net</c>, such as an emulator's or another cloud's; null for the usual one.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The account's key; a secret.</summary>
    public string? AccountKey { get; init; }

    /// <summary>A shared access signature, with or without the question mark; a secret. It needs to read and list; for a data set also to create, write and delete.</summary>
    public string? Sas { get; init; }

    /// <summary>Says what is configured, never the secrets.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString() =>
        $"{nameof(BlobAccountOptions)} by {(ConnectionString is not null ? "connection string" : AccountKey is not null ? "key" : Sas is not null ? "SAS" : "identity")}";
}
