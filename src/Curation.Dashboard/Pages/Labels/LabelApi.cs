using System.Text;
using Curation.Clips;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Security;
using Curation.Pipeline.Labelling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Pages.Labels;

/// <summary>Labels as JSON, and as the CSV that <c>curate calibrate --labels</c> reads.</summary>
internal static class LabelApi
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/labels", ListAsync).WithName("ListLabels").WithTags("Labels").WithSummary("What people said of clips that the current snapshot has.");
        api.MapPut("/labels/{id}", SetAsync).WithName("SetLabel").WithTags("Labels").WithSummary("Says of a clip whether it belongs into a data set; replaces what was said before.");
        api.MapDelete("/labels/{id}", RemoveAsync).WithName("RemoveLabel").WithTags("Labels").WithSummary("Takes back what was said of a clip.");
        api.MapGet("/labels.csv", CsvAsync).WithName("GetLabelsCsv").WithTags("Labels").WithSummary("The same as a file for 'curate calibrate --labels'.").Produces<string>(contentType: "text/csv");
    }

    private static async Task<Results<Ok<LabelListJson>, ProblemHttpResult>> ListAsync(string? dataset, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        var (labels, gone) = await desk.ReadAsync(opened, http.RequestAborted);
        return TypedResults.Ok(new LabelListJson(opened.Manifest.Id, gone, [.. labels.Select(label => new LabelListJson.Label(label.Id.Value, label.Keep, label.LabelledUtc, label.LabelledBy))]));
    }

    private static async Task<Results<Ok<LabelListJson.Label>, ProblemHttpResult>> SetAsync(string id, string? dataset, LabelWish wish, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        return await desk.SetAsync(opened, new ClipId(id), wish.Keep, Actor.Of(http), http.RequestAborted) is { } label
            ? TypedResults.Ok(new LabelListJson.Label(label.Id.Value, label.Keep, label.LabelledUtc, label.LabelledBy))
            : ClipApi.NoClip(opened.Manifest.Id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, string? dataset, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        await desk.RemoveAsync(opened, new ClipId(id), Actor.Of(http), http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(string? dataset, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        var (labels, _) = await desk.ReadAsync(opened, http.RequestAborted);
        return TypedResults.File(Encoding.UTF8.GetBytes(LabelCsv.Write(labels)), "text/csv", "labels.csv");
    }
}
