using Curation.Dashboard.Pages.Labels;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>What the pages of clips and labels need.</summary>
internal static class ClipsServices
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddClipPages(this IServiceCollection services) => services.AddSingleton<ClipBrowsers>().AddSingleton<LabelDesk>();

    /// <summary>Maps the media of clips.</summary>
    public static void MapClipMedia(this IEndpointRouteBuilder app) => ClipMedia.Map(app);

    /// <summary>Maps clips and labels as JSON.</summary>
    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapClipApi(this IEndpointRouteBuilder api)
    {
        ClipApi.Map(api);
        LabelApi.Map(api);
    }
}
