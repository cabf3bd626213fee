namespace Curation.Dashboard.Security;

/// <summary>Where people prove who they are.</summary>
/// <param name="Authority">The provider.</param>
/// <param name="ClientId">What this dashboard is called there.</param>
/// <param name="ClientSecret">Its secret; null for a public client.</param>
public sealed record OpenIdConnectAccess(Uri Authority, string ClientId, string? ClientSecret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Authority} as {ClientId}";
}
