using Curation.Dashboard.Datasets;
using Curation.Dashboard.Hosting;
using Curation.Dashboard.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Api;

/// <summary>The JSON API: what the pages show and do, for programs. Its document is at <c>/openapi/v1.json</c>.</summary>
internal static class DashboardApi
{
    /// <summary>Where it begins.</summary>
    public const string Root = "/api/v1";

    /// <summary>The group that every endpoint of the API belongs to: changes need the key, or a session's antiforgery token.</summary>
    /// <param name="endpoints">Where to map.</param>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder endpoints) => endpoints.MapGroup(Root).AddEndpointFilter(RequireTokenAsync);

    /// <summary>Maps what concerns data sets, and the cluster's part where there is one.</summary>
    public static void MapDashboardApi(this RouteGroupBuilder api, DashboardOptions options)
    {
        api.MapGet("/antiforgery-token", (HttpContext http, IAntiforgery antiforgery) =>
        {
            var tokens = antiforgery.GetAndStoreTokens(http);
            return new AntiforgeryBody(tokens.HeaderName!, tokens.RequestToken!);
        }).WithTags("session").WithSummary("The token that changes without an API key must send back in the named header.");

        api.MapGet("/datasets", async (DatasetCatalog catalog, CancellationToken stop) => (await catalog.ListAsync(stop)).Select(DatasetBody.From))
            .WithTags("data sets").WithSummary("The data sets that are served.");
        api.MapGet("/datasets/{key}", async Task<Results<Ok<SnapshotBody>, ProblemHttpResult>> (string key, DatasetCatalog catalog, CancellationToken stop) =>
            await catalog.OpenAsync(key, stop) is { } dataset ? TypedResults.Ok(SnapshotBody.From(dataset)) : NoDataset(key))
            .WithTags("data sets").WithSummary("A data set's current snapshot: funnel, hours, models, and what is wrong in words.");
        api.MapGet("/datasets/{key}/quarantine", async Task<Results<Ok<List<QuarantineBody>>, ProblemHttpResult>> (string key, DatasetCatalog catalog, CancellationToken stop) =>
        {
            if (await catalog.OpenAsync(key, stop) is not { } dataset) return NoDataset(key);

            var rows = new List<QuarantineBody>();
            await foreach (var row in dataset.Reader.ReadQuarantineAsync(dataset.Manifest, stop)) rows.Add(QuarantineBody.From(row));
            return TypedResults.Ok(rows);
        }).WithTags("data sets").WithSummary("The sources of a data set that could not be processed.");

        if (options.HasCluster) api.MapCluster();
    }

    /// <summary>There is no such data set.</summary>
    public static ProblemHttpResult NoDataset(string key) => TypedResults.Problem($"There is no data set '{key}' here, or it has no snapshot yet. GET {Root}/datasets lists them.", statusCode: StatusCodes.Status404NotFound, title: "No such data set");

    // A browser sends its session along with whatever a page asks it to send; a key is sent by whoever knows it.
    private static async ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var hasKey = http.User.Identity?.AuthenticationType == AccessSchemes.Key;
        if (!changes || hasKey) return await next(context);

        try
        {
            await ((IAntiforgery)http.RequestServices.GetService(typeof(IAntiforgery))!).ValidateRequestAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            return TypedResults.Problem($"Send the API key, or the token of GET {Root}/antiforgery-token in the header that it names.", statusCode: StatusCodes.Status400BadRequest, title: "The antiforgery token is missing or old");
        }

        return await next(context);
    }
}
