using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Curation.Dashboard.Hosting;

/// <summary>The dashboard's own files: from <c>wwwroot</c> where it was published, by the build's manifest where it was only built.</summary>
public static class DashboardAssets
{
    /// <summary>Finds the files. Without this a program that runs from its build folder serves none outside Development.</summary>
    /// <param name="builder">The host, with the program's name.</param>
    /// <returns>The same host.</returns>
    public static IWebHostBuilder UseDashboardAssets(this IWebHostBuilder builder) => builder.ConfigureAppConfiguration((context, _) =>
    {
        var built = Path.Combine(AppContext.BaseDirectory, $"{context.HostingEnvironment.ApplicationName}.staticwebassets.runtime.json");
        if (File.Exists(built)) StaticWebAssetsLoader.UseStaticWebAssets(context.HostingEnvironment, context.Configuration);
    });
}
