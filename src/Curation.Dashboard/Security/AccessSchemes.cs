namespace Curation.Dashboard.Security;

/// <summary>Names of the ways in.</summary>
internal static class AccessSchemes
{
    /// <summary>Chooses one of the others by what a request carries.</summary>
    public const string Any = "curate";

    /// <summary>Everybody on loopback.</summary>
    public const string Local = "local";

    /// <summary>A header with the key.</summary>
    public const string Key = "api-key";

    /// <summary>A session's cookie.</summary>
    public const string Session = "session";

    /// <summary>The provider of identities.</summary>
    public const string OpenIdConnect = "oidc";

    /// <summary>The header of the key; <c>Authorization: Bearer</c> does as well.</summary>
    public const string KeyHeader = "X-Api-Key";

    /// <summary>The claim with the fingerprint of the key that a session was opened with.</summary>
    public const string KeyClaim = "curate:key";
}
