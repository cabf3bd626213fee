using System.Text;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Security;
using Curation.Pipeline.Policies;
using Curation.Pipeline.WhatIf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>What-if as JSON and as a policy file, and judging again.</summary>
internal static class WhatIfApi
{
    private const string Tag = "what-if";
    private const int MostExamples = 100;
    private const string Draft = "base: a preset to start from instead of the policy of the data set. limit, any number: NAME:KEY=VALUE,... moves or adds a limit (keys min, max, max_abs, min_confidence, for, unmeasured; an empty value takes a bound away). without, any number: NAME takes a limit away.";

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/what-if", CompareAsync).WithTags(Tag).WithSummary("What another policy would make of every clip: yields per split, each limit's part, clips that change sides.").WithDescription(Draft);
        api.MapGet("/what-if/policy", PolicyAsync).WithTags(Tag).WithSummary("The draft as a policy file that says where each limit came from.").WithDescription(Draft).Produces<string>(contentType: "application/yaml");
        api.MapGet("/what-if/histograms/{measurement}", HistogramAsync).WithTags(Tag).WithSummary("How a measurement lies over all clips.");
        api.MapPost("/what-if/rejudge", RejudgeAsync).WithTags(Tag).WithSummary("Judges the data set again by the draft, as 'curate rejudge' does. It goes on after the answer.").WithDescription(Draft);
        api.MapGet("/what-if/rejudge", JobAsync).WithTags(Tag).WithSummary("How far judging again is.");
    }

    private static Task<Results<Ok<WhatIfJson>, ProblemHttpResult>> CompareAsync(string? dataset, string? @base, string[]? limit, string[]? without, int? examples, HttpContext http, DatasetCatalog catalog, WhatIfDesk desk) =>
        WithDraftAsync<Ok<WhatIfJson>>(dataset, new WhatIfQuery(@base, limit ?? [], without ?? []), null, http, catalog, async (opened, start, draft) =>
        {
            var result = await CountAsync(opened, start, draft, Math.Clamp(examples ?? 12, 0, MostExamples), http, desk);
            return TypedResults.Ok(WhatIfJson.Of(result, start, opened.Manifest.Id, opened.Known.Key));
        });

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> PolicyAsync(string? dataset, string? @base, string[]? limit, string[]? without, string? name, HttpContext http, DatasetCatalog catalog, WhatIfDesk desk) =>
        WithDraftAsync<FileContentHttpResult>(dataset, new WhatIfQuery(@base, limit ?? [], without ?? []), name, http, catalog, async (opened, start, draft) =>
        {
            var result = await CountAsync(opened, start, draft, 0, http, desk);
            return TypedResults.File(Encoding.UTF8.GetBytes(WhatIfText.Write(result, draft.Name, opened.Known.Address, opened.Manifest.Id)), "application/yaml", FileName(draft.Name));
        });

    private static async Task<Results<Ok<WhatIfHistogram>, ProblemHttpResult>> HistogramAsync(string measurement, string? dataset, string? @base, HttpContext http, DatasetCatalog catalog, WhatIfDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();
        if (MeasurementCatalog.Find(measurement) is null) return TypedResults.Problem("No measurement has the name. The limits of GET /api/v1/what-if name some.", statusCode: StatusCodes.Status404NotFound, title: "No such measurement");

        var start = await WhatIfDesk.FindBaseAsync(opened, @base, http.RequestAborted);
        var clips = await desk.OfAsync(opened, start.Policy).WaitAsync(http.RequestAborted);
        return TypedResults.Ok(await clips.HistogramAsync(measurement, http.RequestAborted));
    }

    private static Task<Results<Accepted<RejudgeJson>, ProblemHttpResult>> RejudgeAsync(string? dataset, RejudgeBody body, HttpContext http, DatasetCatalog catalog, RejudgeDesk desk) =>
        WithDraftAsync<Accepted<RejudgeJson>>(dataset, new WhatIfQuery(body.Base, body.Limit ?? [], body.Without ?? []), body.Name, http, catalog, (opened, _, draft) =>
            Task.FromResult<Results<Accepted<RejudgeJson>, ProblemHttpResult>>(desk.Start(Actor.Of(http), opened, draft) is { } job
                ? TypedResults.Accepted($"/api/v1/what-if/rejudge?dataset={opened.Known.Key}", RejudgeJson.Of(job))
                : TypedResults.Problem("GET /api/v1/what-if/rejudge says how far it is.", statusCode: StatusCodes.Status409Conflict, title: "The data set is being judged again already")));

    private static async Task<Results<Ok<RejudgeJson>, ProblemHttpResult>> JobAsync(string? dataset, HttpContext http, DatasetCatalog catalog, RejudgeDesk desk)
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        return desk.Find(opened.Known.Key) is { } job
            ? TypedResults.Ok(RejudgeJson.Of(job))
            : TypedResults.Problem("POST /api/v1/what-if/rejudge starts it.", statusCode: StatusCodes.Status404NotFound, title: "The data set was not judged again since the silo started");
    }

    /// <summary>The name of a policy's file.</summary>
    internal static string FileName(string policy) => $"{string.Concat(policy.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).TrimStart('.')}.yaml";

    private static async Task<WhatIfResult> CountAsync(OpenedDataset opened, WhatIfBase start, Policy draft, int examples, HttpContext http, WhatIfDesk desk)
    {
        var clips = await desk.OfAsync(opened, start.Policy).WaitAsync(http.RequestAborted);
        return await clips.CompareAsync(start.Policy, draft, examples, http.RequestAborted);
    }

    private static async Task<Results<T, ProblemHttpResult>> WithDraftAsync<T>(
        string? dataset, WhatIfQuery query, string? name, HttpContext http, DatasetCatalog catalog, Func<OpenedDataset, WhatIfBase, Policy, Task<Results<T, ProblemHttpResult>>> work)
        where T : IResult
    {
        if (await catalog.OpenAsync(dataset, http.RequestAborted) is not { } opened) return ClipApi.NoDataset();

        var start = await WhatIfDesk.FindBaseAsync(opened, query.Base, http.RequestAborted);
        if (query.Base is not null && start.Problem is { } problem) return Wrong(problem);

        try
        {
            var draft = WhatIfDraft.Apply(start.Policy, query.Limits, query.Without);
            return await work(opened, start, string.IsNullOrWhiteSpace(name) ? draft : WhatIfDraft.Checked(draft with { Name = name }));
        }
        catch (PolicyException wrong)
        {
            return Wrong(string.Join(' ', wrong.Errors.Select(error => $"{error.Message}.")));
        }
    }

    private static ProblemHttpResult Wrong(string why) => TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest, title: "The draft is no policy. Nothing was changed.");
}
