using System.Text;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Pages.Clips;
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
        api.MapGet("/labels.csv", CsvAsync).WithName("GetLabelsCsv").WithTags("Labels").WithSummary("The same as a file for 'curate calibrate --labels'.").Produces<string>(contentType: "text/csv");
    }

    private static async Task<Results<Ok<LabelListJson>, ProblemHttpResult>> ListAsync(string? dataset, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        var (labels, gone) = await desk.ReadAsync(opened, http.RequestAborted);
        return TypedResults.Ok(new LabelListJson(opened.Manifest.Id, gone, [.. labels.Select(label => new LabelListJson.Label(label.Id.Value, label.Keep, label.LabelledUtc, label.LabelledBy))]));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(string? dataset, HttpContext http, DatasetCatalog catalog, LabelDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        var (labels, _) = await desk.ReadAsync(opened, http.RequestAborted);
        return TypedResults.File(Encoding.UTF8.GetBytes(LabelCsv.Write(labels)), "text/csv", "labels.csv");
    }
}
