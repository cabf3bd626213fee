using Curation.Clips;
using Curation.Dashboard.Datasets;
using Curation.Dataset.Browsing;
using Curation.Pipeline.Browsing;
using Curation.Pipeline.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>Media by the names of clips: nothing in a request is a path.</summary>
internal static class ClipMedia
{
    private const string Mp4 = "video/mp4";
    private const string Nothing = "There is no such clip in the current snapshot.";

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var media = app.MapGroup("/media").ExcludeFromDescription();
        media.MapGet("/clips/{id}.mp4", OwnAsync);
        media.MapGet("/previews/{id}.mp4", (string id, string? dataset, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers, ClipFiles files) => CutAsync(id, dataset, ClipView.Clip, http, catalog, browsers, files));
        media.MapGet("/sources/{id}.mp4", (string id, string? dataset, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers, ClipFiles files) => CutAsync(id, dataset, ClipView.Context, http, catalog, browsers, files));
        media.MapGet("/posters/{id}.jpg", PosterAsync);
        media.MapGet("/spectrograms/{id}.png", SpectrogramAsync);
    }

    /// <summary>The address that plays a clip.</summary>
    public static string VideoOf(ClipRecord clip, string dataset) => ClipFiles.HasMedia(clip) ? $"media/clips/{clip.Id}.mp4?dataset={dataset}" : $"media/previews/{clip.Id}.mp4?dataset={dataset}";

    /// <summary>The address of a clip's still.</summary>
    public static string PosterOf(ClipId id, string dataset) => $"media/posters/{id}.jpg?dataset={dataset}";

    private static async Task<IResult> OwnAsync(string id, string? dataset, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers)
    {
        var (opened, clip) = await FindAsync(id, dataset, catalog, browsers, http.RequestAborted);
        if (opened is null || clip is null) return NotFound(Nothing);
        if (!ClipFiles.HasMedia(clip)) return NotFound("The clip was not retained, so it has no media of its own.");

        Keep(http);
        var tag = clip.MediaSha256 is { Length: > 0 } sha256 && sha256.All(char.IsAsciiHexDigit) ? new EntityTagHeaderValue($"\"{sha256}\"") : null;
        if (opened.Store.FileOf(clip.MediaPath!) is { } file) return File.Exists(file) ? Results.File(file, Mp4, enableRangeProcessing: true, entityTag: tag) : NotFound("The clip's media is gone. 'curate verify' names all damage.");

        return await opened.Store.OpenReadAsync(clip.MediaPath!, http.RequestAborted) is { } stream
            ? Results.Stream(stream, Mp4, enableRangeProcessing: true, entityTag: tag)
            : NotFound("The clip's media is gone. 'curate verify' names all damage.");
    }

    private static async Task<IResult> CutAsync(string id, string? dataset, ClipView view, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers, ClipFiles files)
    {
        var (opened, clip) = await FindAsync(id, dataset, catalog, browsers, http.RequestAborted);
        if (opened is null || clip is null) return NotFound(Nothing);

        var file = await files.FindAsync(opened.Store, clip, view, http.RequestAborted);
        if (file.Path is not { } path) return NotFound(file.Problem!);

        Keep(http);
        return Results.File(path, Mp4, enableRangeProcessing: true);
    }

    // Sixty at once on a page of clips: the name alone says where a still lies, so no row is read.
    private static async Task<IResult> PosterAsync(string id, string? dataset, HttpContext http, DatasetCatalog catalog)
    {
        if (!IsName(id) || await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return NotFound(Nothing);
        if (await opened.Store.OpenReadAsync(ClipPaths.Poster(new ClipId(id)), http.RequestAborted) is not { } stream) return NotFound("The clip has no still.");

        Keep(http);
        return Results.Stream(stream, "image/jpeg");
    }

    private static async Task<IResult> SpectrogramAsync(string id, string? dataset, HttpContext http, DatasetCatalog catalog, ClipBrowsers browsers, ClipCurveReader reader)
    {
        var (opened, clip) = await FindAsync(id, dataset, catalog, browsers, http.RequestAborted);
        if (opened is null || clip is null) return NotFound(Nothing);

        var (curves, problem) = await reader.ReadAsync(opened.Store, clip, http.RequestAborted);
        if (curves is null) return NotFound(problem!);
        if (curves.Spectrogram.Columns == 0) return NotFound("The clip has no sound.");

        Keep(http);
        return Results.Bytes(SpectrogramPicture.Png(curves.Spectrogram), "image/png");
    }

    private static async Task<(OpenedDataset? Dataset, ClipRecord? Clip)> FindAsync(string id, string? dataset, DatasetCatalog catalog, ClipBrowsers browsers, CancellationToken cancellationToken)
    {
        if (!IsName(id) || await catalog.OpenAsync(dataset, cancellationToken) is not { } opened) return (null, null);

        ClipBrowser browser = await browsers.OfAsync(opened, cancellationToken);
        return (opened, await browser.FindAsync(new ClipId(id), cancellationToken));
    }

    private static bool IsName(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    // A clip's name says what it is made of, so that its media does not change.
    private static void Keep(HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }

    private static IResult NotFound(string why) => Results.Problem(why, statusCode: StatusCodes.Status404NotFound, title: "Nothing to show");
}
