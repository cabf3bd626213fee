using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Security;

/// <summary>Opening and ending a session.</summary>
internal static class SessionEndpoints
{
    /// <summary>Maps them. Both are forms, so the antiforgery token is checked before they are reached.</summary>
    public static void MapSession(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/session", OpenAsync).AllowAnonymous().RequireRateLimiting(AccessServices.LoginLimit).ExcludeFromDescription();
        endpoints.MapPost("/session/end", EndAsync).ExcludeFromDescription();
        endpoints.MapGet("/session/provider", (HttpContext http, DashboardAccess access, string? returnUrl) => access.OpenIdConnect is null
            ? Results.NotFound()
            : Results.Challenge(new AuthenticationProperties { RedirectUri = LocalUrl(returnUrl) }, [AccessSchemes.OpenIdConnect])).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where to go after a login: only to a page of this host.</summary>
    public static string LocalUrl(string? url) => url is ['/', ..] and not ['/', '/', ..] and not ['/', '\\', ..] && !url.Any(char.IsControl) ? url : "/";

    private static async Task<IResult> OpenAsync(HttpContext http, DashboardAccess access, AuditLog audit, [FromForm] string? key, [FromForm] string? returnUrl)
    {
        var actor = new Actor("nobody", http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        if (access.ApiKey is not { } known || !known.Matches(key))
        {
            audit.Refused(actor, "login", "dashboard", "the API key is wrong");
            return Results.Redirect($"{AccessServices.LoginPath}?wrong=true&ReturnUrl={Uri.EscapeDataString(LocalUrl(returnUrl))}");
        }

        await http.SignInAsync(AccessSchemes.Session, KeyAccess.Holder(known, AccessSchemes.Session)).ConfigureAwait(false);
        audit.Changed(actor with { Name = AccessSchemes.Key }, "login", "dashboard");
        return Results.Redirect(LocalUrl(returnUrl));
    }

    // The form's only field is its token; binding it makes this an endpoint that needs one.
    private static async Task<IResult> EndAsync(HttpContext http, DashboardAccess access, AuditLog audit, [FromForm] string? returnUrl)
    {
        audit.Changed(Actor.Of(http), "logout", "dashboard");
        if (access.AsksWho) await http.SignOutAsync(AccessSchemes.Session).ConfigureAwait(false);
        return Results.Redirect(LocalUrl(returnUrl));
    }
}
