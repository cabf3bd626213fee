using System.Net;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Reads out of a connection string which account it is for. Its secrets stay in it.</summary>
internal static class BlobConnectionString
{
    private const string DevelopmentAccount = "devstoreaccount1";

    /// <summary>The account that a connection string is for.</summary>
    /// <param name="text">The connection string.</param>
    /// <returns>The account; null where it names none.</returns>
    public static string? AccountOf(string text)
    {
        if (Find(text, "UseDevelopmentStorage") is { } development && bool.TryParse(development, out var used) && used) return DevelopmentAccount;
        if (Find(text, "AccountName") is { Length: > 0 } account) return account;

        // A connection string with a SAS has only the endpoint.
        return Uri.TryCreate(Find(text, "BlobEndpoint"), UriKind.Absolute, out var endpoint) ? AccountOf(endpoint) : null;
    }

    /// <summary>The account that a service address is for: the first part of the path for an address by number or on this machine, else the first part of the host's name.</summary>
    /// <param name="service">The address.</param>
    /// <returns>The account; null where the path should have it and does not.</returns>
    public static string? AccountOf(Uri service) =>
        service.IsLoopback || IPAddress.TryParse(service.Host, out _) || !service.Host.Contains('.', StringComparison.Ordinal)
            ? service.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            : service.Host.Split('.')[0];

    private static string? Find(string text, string key)
    {
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals(key, StringComparison.OrdinalIgnoreCase)) return part[(equals + 1)..].Trim();
        }

        return null;
    }
}
