using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Curation.Silo.Hosting;

/// <summary>The addresses that Kubernetes and load balancers ask: 200 for yes, 503 for no, with the reasons.</summary>
internal static class SiloHealth
{
    /// <summary>Maps them.</summary>
    public static void MapSiloHealth(this WebApplication app)
    {
        // Live: the process answers. A silo that lost its cluster ends by itself.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(SiloReadiness.Tag), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var reasons = report.Entries.Values.Select(entry => entry.Description).Where(text => text is not null);
        return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable", reasons }), context.RequestAborted);
    }
}
