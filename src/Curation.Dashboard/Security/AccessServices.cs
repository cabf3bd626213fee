using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Curation.Dashboard.Security;

/// <summary>Registers who may come in.</summary>
internal static class AccessServices
{
    /// <summary>Limits how often somebody may try a key.</summary>
    public const string LoginLimit = "login";

    /// <summary>Where people log in with a key.</summary>
    public const string LoginPath = "/login";

    // A person mistypes a few times; a program that guesses gets nowhere. Uncalibrated.
    private const int LoginsPerWindow = 10;
    private static readonly TimeSpan LoginWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    /// <summary>Adds authentication, a policy that everything needs it, antiforgery and the limit of logins.</summary>
    public static IServiceCollection AddDashboardAccess(this IServiceCollection services, DashboardAccess access)
    {
        services.AddSingleton(access);
        services.AddSingleton<AuditLog>();

        // Sessions, forms and circuits end with the process; no key has to be kept anywhere.
        services.AddDataProtection().SetApplicationName("curate").UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-Token";
            options.Cookie.Name = "curate-antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = Secure(access);
        });

        // It tells of the cookies of an earlier process, for which it makes new ones anyway.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical));
        AddSchemes(services, access);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(AccessSchemes.Any).RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(LoginLimit, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = LoginsPerWindow, Window = LoginWindow }));
        });
        return services;
    }

    private static void AddSchemes(IServiceCollection services, DashboardAccess access)
    {
        var authentication = services.AddAuthentication(AccessSchemes.Any).AddPolicyScheme(AccessSchemes.Any, null, any =>
        {
            any.ForwardDefaultSelector = http => !access.AsksWho ? AccessSchemes.Local : KeyAccess.Given(http.Request) is not null ? AccessSchemes.Key : AccessSchemes.Session;
            if (access is { OpenIdConnect: not null, ApiKey: null }) any.ForwardChallenge = AccessSchemes.OpenIdConnect;
        });
        authentication.AddScheme<AuthenticationSchemeOptions, LocalAccess>(AccessSchemes.Local, null);
        authentication.AddScheme<AuthenticationSchemeOptions, KeyAccess>(AccessSchemes.Key, null);
        authentication.AddCookie(AccessSchemes.Session, cookie =>
        {
            cookie.Cookie.Name = "curate-session";
            cookie.Cookie.HttpOnly = true;

            // A provider sends people back from its own site; with Strict the browser would not show the cookie on that first page.
            cookie.Cookie.SameSite = access.OpenIdConnect is null ? SameSiteMode.Strict : SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = Secure(access);
            cookie.ExpireTimeSpan = SessionLength;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = LoginPath;
            cookie.Events.OnRedirectToLogin = ChallengeAsync;
            cookie.Events.OnValidatePrincipal = context => ValidateAsync(context, access);
        });
        if (access.OpenIdConnect is not { } provider) return;

        authentication.AddOpenIdConnect(AccessSchemes.OpenIdConnect, oidc =>
        {
            oidc.SignInScheme = AccessSchemes.Session;
            oidc.Authority = provider.Authority.ToString();
            oidc.ClientId = provider.ClientId;
            oidc.ClientSecret = provider.ClientSecret;
            oidc.ResponseType = "code";
            oidc.UsePkce = true;
            oidc.RequireHttpsMetadata = !provider.Authority.IsLoopback;
            oidc.GetClaimsFromUserInfoEndpoint = true;
            oidc.MapInboundClaims = false;
            oidc.TokenValidationParameters.NameClaimType = "preferred_username";
            oidc.Scope.Add("email");
        });
    }

    // A program that asks for JSON is told so; a browser is led to the form.
    private static Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!IsForPrograms(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    // Another key ends the sessions of the one before.
    private static async Task ValidateAsync(CookieValidatePrincipalContext context, DashboardAccess access)
    {
        if (context.Principal?.FindFirst(AccessSchemes.KeyClaim) is not { } opened || opened.Value == access.ApiKey?.Fingerprint) return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(AccessSchemes.Session).ConfigureAwait(false);
    }

    private static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal) || request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    private static CookieSecurePolicy Secure(DashboardAccess access) => access.PublicUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
