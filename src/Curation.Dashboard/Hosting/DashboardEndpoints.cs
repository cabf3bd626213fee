using Curation.Dashboard.Api;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Pages.WhatIf;
using Curation.Dashboard.Security;
using Curation.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dashboard.Hosting;

/// <summary>Maps the dashboard.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps its pages, files and API. Endpoints of others that nobody has to log in for must say so.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapCurationDashboard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<DashboardOptions>();
        app.UseDashboardSecurity(options.Access, options.OrleansPath);
        app.UseWhen(IsForPrograms, programs => programs
            .UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = error => ClusterTrouble.Is(error) || error is IOException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError })
            .UseStatusCodePages());
        app.UseWhen(IsForPeople, people => people.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapSession();
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapApiGroup();
        api.MapDashboardApi(options);
        api.MapClipApi();
        api.MapWhatIfApi();
        app.MapClipMedia();

        // The policy against frames stands in the header of every answer already.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private static bool IsForPrograms(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    private static bool IsForPeople(HttpContext http) => !IsForPrograms(http) && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
