using Curation.Dashboard.Pages.Clips;
using Microsoft.AspNetCore.Builder;

namespace Curation.Dashboard.Hosting;

/// <summary>Maps the dashboard.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps its pages and files.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapCurationDashboard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapClipMedia();
        app.MapGroup("/api/v1").MapClipApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
