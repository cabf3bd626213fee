using Curation.Dashboard.Datasets;
using Curation.Dashboard.Layout;
using Curation.Dashboard.Pages.Clips;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Curation.Dashboard.Hosting;

/// <summary>Registers the dashboard.</summary>
public static class DashboardServices
{
    /// <summary>Adds the dashboard. The pipeline must be there, and grains where it has a cluster.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">What it serves.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCurationDashboard(this IServiceCollection services, DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddAntiforgery();
        services.AddSingleton(options);
        services.AddSingleton<DatasetCatalog>();
        services.AddScoped<ViewerState>();
        services.AddScoped<DatasetSelection>();
        services.AddClipPages();
        return services;
    }
}
