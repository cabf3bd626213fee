using Curation.Dashboard.Cluster;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Security;
using Curation.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Curation.Dashboard.Api;

/// <summary>The API's part about runs, schedules and silos.</summary>
internal static class ClusterApi
{
    private const string Runs = "runs";
    private const string Schedules = "schedules";
    private const int ListedRuns = 50;

    /// <summary>Maps it.</summary>
    public static void MapCluster(this RouteGroupBuilder api)
    {
        api.MapGet("/overview", async (ClusterWatch watch, DatasetCatalog catalog, TimeProvider time, CancellationToken stop) =>
        {
            var datasets = await catalog.ListAsync(stop);
            var state = watch.Current;
            return new OverviewBody(state.At, Troubles.Of(state, time.GetUtcNow()), [.. state.Active.Select(run => RunBody.From(run.Entry, run.Progress, run.Pace))], state.Silos, [.. datasets.Select(DatasetBody.From)]);
        }).WithTags("cluster").WithSummary("Everything at a glance: what is wrong in words, runs that have not ended, silos, data sets.");
        api.MapGet("/silos", (ClusterWatch watch) => watch.Current.Silos).WithTags("cluster").WithSummary("The silos: roles, load, memory, work, models.");
        MapRuns(api);
        MapSchedules(api);
    }

    private static void MapRuns(RouteGroupBuilder api)
    {
        api.MapGet("/runs", async (IGrainFactory grains, ClusterWatch watch, int? limit) =>
        {
            var known = await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).ListAsync();
            var active = watch.Current.Active.ToDictionary(run => run.Entry.RunId, StringComparer.Ordinal);
            return known.Take(Math.Clamp(limit ?? ListedRuns, 1, RunIndexGrain.RememberedRuns)).Select(run => active.GetValueOrDefault(run.RunId) is { } now ? RunBody.From(run, now.Progress, now.Pace) : RunBody.From(run));
        }).WithTags(Runs).WithSummary("The runs, the latest first.");
        api.MapGet("/runs/{id}", async Task<Results<Ok<RunBody>, ProblemHttpResult>> (string id, IGrainFactory grains, ClusterWatch watch) =>
        {
            if (await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).FindAsync(id) is not { } entry) return Absent($"No run '{id}' is known to this cluster.");

            var pace = watch.Current.Active.FirstOrDefault(run => run.Entry.RunId == id)?.Pace;
            return TypedResults.Ok(RunBody.From(entry, await grains.GetGrain<IRunGrain>(id).GetProgressAsync(), pace));
        }).WithTags(Runs).WithSummary("One run: how far it is, and its counts.");
        api.MapGet("/runs/{id}/quarantine", async Task<Results<Ok<List<QuarantineBody>>, ProblemHttpResult>> (string id, IGrainFactory grains) =>
            await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).FindAsync(id) is null
                ? Absent($"No run '{id}' is known to this cluster.")
                : TypedResults.Ok((await grains.GetGrain<IRunGrain>(id).GetQuarantinedAsync()).Select(source => new QuarantineBody(source.Uri, source.Failure.Stage, source.Failure.Reason, null)).ToList()))
            .WithTags(Runs).WithSummary("The sources quarantined in one run, at most the first thousand.");
        api.MapPost("/runs", async (HttpContext http, RunRequest request, RunDesk desk, CancellationToken stop) => Result(await desk.StartAsync(Actor.Of(http), request, stop), StatusCodes.Status201Created))
            .WithTags(Runs).WithSummary("Starts a run, checked as 'curate run --cluster' is.").Produces<ChangedBody>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/runs/{id}/cancel", async (HttpContext http, string id, RunDesk desk) => Result(await desk.CancelAsync(Actor.Of(http), id)))
            .WithTags(Runs).WithSummary("Cancels a run; what is finished is kept.").Produces<ChangedBody>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/runs/{id}/retry", async (HttpContext http, string id, RunDesk desk, RetryBody? body) => Result(await desk.RetryAsync(Actor.Of(http), id, body?.Sources), StatusCodes.Status201Created))
            .WithTags(Runs).WithSummary("Does a run that has ended again, or only some of its sources; these even where they are quarantined for what they hold.")
            .Produces<ChangedBody>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static void MapSchedules(RouteGroupBuilder api)
    {
        api.MapGet("/schedules", (ClusterWatch watch) => watch.Current.Schedules.Select(ScheduleBody.From)).WithTags(Schedules).WithSummary("The schedules, with their next due time in UTC and their history.");
        api.MapGet("/schedules/{name}", async Task<Results<Ok<ScheduleBody>, ProblemHttpResult>> (string name, ScheduleDesk desk) =>
            await desk.FindAsync(name) is { } schedule ? TypedResults.Ok(ScheduleBody.From(schedule)) : Absent($"There is no schedule '{name}'."))
            .WithTags(Schedules).WithSummary("One schedule.");
        api.MapPut("/schedules/{name}", async (HttpContext http, string name, ScheduleRequest request, ScheduleDesk desk) => Result(await desk.SaveAsync(Actor.Of(http), name, request, replace: true)))
            .WithTags(Schedules).WithSummary("Adds a schedule, or changes one, which keeps its history.").Produces<ChangedBody>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapDelete("/schedules/{name}", async (HttpContext http, string name, ScheduleDesk desk) => Result(await desk.RemoveAsync(Actor.Of(http), name)))
            .WithTags(Schedules).WithSummary("Removes a schedule and its history; a run that is at work goes on.").Produces<ChangedBody>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/schedules/{name}/pause", async (HttpContext http, string name, ScheduleDesk desk) => Result(await desk.SetPausedAsync(Actor.Of(http), name, paused: true)))
            .WithTags(Schedules).WithSummary("Lets due times pass.").Produces<ChangedBody>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/schedules/{name}/resume", async (HttpContext http, string name, ScheduleDesk desk) => Result(await desk.SetPausedAsync(Actor.Of(http), name, paused: false)))
            .WithTags(Schedules).WithSummary("Lets due times count again, from now on.").Produces<ChangedBody>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/schedules/{name}/run-now", async (HttpContext http, string name, ScheduleDesk desk) => Result(await desk.RunNowAsync(Actor.Of(http), name), StatusCodes.Status201Created))
            .WithTags(Schedules).WithSummary("Starts a run now, unless one is at work.").Produces<ChangedBody>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Result(Answer answer, int done = StatusCodes.Status200OK) => answer switch
    {
        { Done: true } => TypedResults.Json(new ChangedBody(answer.Id!), statusCode: done),
        { Found: false } => Absent(answer.Faults[0]),
        _ => TypedResults.Problem(string.Join('\n', answer.Faults), statusCode: StatusCodes.Status422UnprocessableEntity, title: "Nothing was changed", extensions: new Dictionary<string, object?> { ["faults"] = answer.Faults }),
    };

    private static ProblemHttpResult Absent(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
