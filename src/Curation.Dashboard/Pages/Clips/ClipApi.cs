using Curation.Clips;
using Curation.Dashboard.Datasets;
using Curation.Dataset.Browsing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>Clips as JSON.</summary>
internal static class ClipApi
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/clips", SearchAsync).WithName("SearchClips").WithTags("Clips")
            .WithSummary("Searches the clips of a data set.")
            .WithDescription("Query: outcome (retained, held, rejected), split, filter (the first that rejected it), source, q (words in captions, transcript, source and name), by/min/max (a measurement and its range; may be repeated, in step), without (a measurement that is missing), sort (a measurement, duration_s, clip_id, source_uri or random), order=desc, seed, offset, limit.");
        api.MapGet("/clips/{id}", FindAsync).WithName("GetClip").WithTags("Clips")
            .WithSummary("One clip: where it comes from, every measurement with its limit, method and version, and why it was retained, held or rejected.");
    }

    private static async Task<Results<Ok<ClipPageJson>, ProblemHttpResult>> SearchAsync(
        HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers, string? dataset, string? outcome, string? split, string? filter, string? source, string? q, string[]? by, string[]? min, string[]? max, string[]? without, string? sort, string? order, int? seed, long? offset, int? limit)
    {
        // The parameters stand here for the document; one parser reads them for the page and for this.
        _ = (outcome, split, filter, source, q, by, min, max, without, sort, order, seed);
        var query = ClipQuery.Parse(http.Request.Query.Where(pair => pair.Key != "page"));
        var search = query.Search with { Offset = offset ?? 0, Limit = limit ?? ClipQuery.PageSize };
        IReadOnlyList<string> problems = [.. query.Problems, .. search.FindProblems()];
        if (problems.Count > 0) return TypedResults.Problem(string.Join(' ', problems), statusCode: StatusCodes.Status400BadRequest, title: "The search could not be understood. Nothing was searched.");
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return NoDataset();

        var browser = await browsers.OfAsync(opened, http.RequestAborted);
        var page = await browser.SearchAsync(search, http.RequestAborted);
        return TypedResults.Ok(new ClipPageJson(opened.Manifest.Id, page.Total, page.Offset, [.. page.Clips.Select(clip => ClipPageJson.Clip.Of(clip, opened.Known.Key))]));
    }

    private static async Task<Results<Ok<ClipStory>, ProblemHttpResult>> FindAsync(string id, string? dataset, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return NoDataset();

        var browser = await browsers.OfAsync(opened, http.RequestAborted);
        return await browser.FindAsync(new ClipId(id), http.RequestAborted) is { } clip
            ? TypedResults.Ok(ClipStory.Of(clip, opened.Manifest))
            : NoClip(opened.Manifest.Id);
    }

    /// <summary>The answer where a snapshot has no clip of a name.</summary>
    internal static ProblemHttpResult NoClip(string snapshot) => TypedResults.Problem("Names of clips have 32 hexadecimal digits; /api/v1/clips lists them.", statusCode: StatusCodes.Status404NotFound, title: $"Snapshot {snapshot} has no such clip");

    /// <summary>The answer where there is nothing to look at.</summary>
    internal static ProblemHttpResult NoDataset() => TypedResults.Problem("The data set is not served here, or has no snapshot yet.", statusCode: StatusCodes.Status404NotFound, title: "No such data set");
}
