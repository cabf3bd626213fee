namespace Curation.Dashboard.Security;

/// <summary>Who may use a dashboard, and by which names it is reached.</summary>
public sealed record DashboardAccess
{
    /// <summary>Where it listens.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:8090");

    /// <summary>What people type where a proxy stands in front; null where none does.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The key; null for none.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>The provider of identities; null for none.</summary>
    public OpenIdConnectAccess? OpenIdConnect { get; init; }

    /// <summary>Whether somebody has to prove who they are. Without it everybody who reaches loopback is the operator.</summary>
    public bool AsksWho => ApiKey is not null || OpenIdConnect is not null;

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => Url.IsLoopback && PublicUrl is null or { IsLoopback: true };

    /// <summary>What keeps it from being started; null where nothing does.</summary>
    /// <param name="key">How the API key is given, such as an option's name.</param>
    /// <returns>The fault in words, without its key.</returns>
    public string? Fault(string key) => IsLocal || AsksWho
        ? null
        : $"{(Url.IsLoopback ? PublicUrl : Url)!.GetLeftPart(UriPartial.Authority)} can be reached from outside, and the dashboard there would ask nobody who they are; give {key}";
}
