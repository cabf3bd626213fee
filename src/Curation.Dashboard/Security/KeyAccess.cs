using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Curation.Dashboard.Security;

/// <summary>A program that sends the key with every request.</summary>
internal sealed class KeyAccess(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DashboardAccess access, AuditLog audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>The key that a request carries; null where it carries none.</summary>
    public static string? Given(HttpRequest request)
    {
        if (request.Headers.TryGetValue(AccessSchemes.KeyHeader, out var key)) return key.ToString();

        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : null;
    }

    /// <summary>Who holds the key.</summary>
    public static ClaimsPrincipal Holder(ApiKey key, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, AccessSchemes.Key), new Claim(AccessSchemes.KeyClaim, key.Fingerprint)], scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given(Request) is not { } given) return Task.FromResult(AuthenticateResult.NoResult());
        if (access.ApiKey is { } key && key.Matches(given)) return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Holder(key, Scheme.Name), Scheme.Name)));

        audit.Refused(new Actor("nobody", Context.Connection.RemoteIpAddress?.ToString() ?? "unknown"), "key", Request.Path, "the API key is wrong");
        return Task.FromResult(AuthenticateResult.Fail("The API key is wrong."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
