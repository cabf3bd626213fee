using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>What the page of what-if needs.</summary>
internal static class WhatIfServices
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddWhatIfPage(this IServiceCollection services) => services.AddSingleton<WhatIfDesk>().AddSingleton<RejudgeDesk>();

    /// <summary>Maps what-if as JSON.</summary>
    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapWhatIfApi(this IEndpointRouteBuilder api) => WhatIfApi.Map(api);
}
