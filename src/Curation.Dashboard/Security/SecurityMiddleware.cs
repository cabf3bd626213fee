using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Curation.Dashboard.Security;

/// <summary>What every answer carries, and what no request may do.</summary>
internal static class SecurityMiddleware
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Orleans' page brings styles of its own; scripts come from this host there too.
    private const string OrleansPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Adds the headers and the checks. Paths of other owners are passed by.</summary>
    /// <param name="app">The application.</param>
    /// <param name="access">By which names it is reached.</param>
    /// <param name="orleansPath">Where Orleans' dashboard is; null for nowhere.</param>
    public static void UseDashboardSecurity(this IApplicationBuilder app, DashboardAccess access, string? orleansPath)
    {
        app.Use((http, next) =>
        {
            // Probes and scrapers call a silo by whatever name they have for it.
            if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal)) return next(http);

            WriteHeaders(http, orleansPath);
            if (access.PublicUrl is { } given && IsHost(http.Request.Host, given)) (http.Request.Scheme, http.Request.Host) = (given.Scheme, new HostString(given.Authority));
            if (!IsKnownHost(http.Request.Host, access)) return RefuseAsync(http, "This name does not belong to the dashboard. Open it by the address it was started with, or name it in Curate:Dashboard:PublicUrl.");
            return IsFromElsewhere(http.Request, access) ? RefuseAsync(http, "This request comes from a page of another site.") : next(http);
        });
    }

    private static void WriteHeaders(HttpContext http, string? orleansPath)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = orleansPath is not null && http.Request.Path.StartsWithSegments(orleansPath, StringComparison.Ordinal) ? OrleansPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }

    // A page of the web can have its own name lead to 127.0.0.1 and read what it finds there (DNS rebinding): only known names are answered.
    private static bool IsKnownHost(HostString host, DashboardAccess access) =>
        !access.Url.IsLoopback || LoopbackNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        || (access.PublicUrl is { } given && IsHost(host, given));

    private static bool IsHost(HostString host, Uri given) => host.Host.Equals(given.Host, StringComparison.OrdinalIgnoreCase);

    // A change, or a circuit, that a page of another site asks the browser for.
    private static bool IsFromElsewhere(HttpRequest request, DashboardAccess access)
    {
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        if (!changes && !request.Headers.ContainsKey("Sec-WebSocket-Key")) return false;
        if (request.Path.StartsWithSegments("/signin-oidc", StringComparison.Ordinal)) return false;

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return false;

        // A proxy may hand its own name on as the host.
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from) || !(new HostString(from.Authority).Equals(request.Host) || from.Authority.Equals(access.PublicUrl?.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private static Task RefuseAsync(HttpContext http, string reason)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(reason, http.RequestAborted);
    }
}
