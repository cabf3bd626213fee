using System.Text.Json;
using Curation.Clips.Deciding;
using Curation.Grains.Placement;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Commands;
using Orleans.Runtime.Placement;

namespace Curation.Silo.Cluster;

/// <summary>Checks a run before it is submitted: the policy here, everything else by the silos that would do it.</summary>
internal static class ClusterPreparation
{
    // What is asked of the silos that have the role; the others go with the source.
    private static readonly string[] AskedByRole = ["mos", "vad"];

    /// <summary>A plan, or every fault with the silos that found it.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="runId">Names the run.</param>
    /// <param name="parallelism">Sources at once; null for as many as the silos take.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<(RunPlan? Plan, IReadOnlyList<string> Errors)> PrepareAsync(IGrainFactory grains, RunArguments arguments, string runId, int? parallelism, CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        Policy? policy = null;
        try
        {
            policy = PolicyFile.Load(arguments.Policy);
        }
        catch (PolicyException wrong)
        {
            errors.AddRange(wrong.Message.Split('\n'));
        }

        if (string.IsNullOrWhiteSpace(arguments.Input)) errors.Add("--input: is empty; give a path or an address that every silo can read.");
        if (string.IsNullOrWhiteSpace(arguments.Output)) errors.Add("--output: is empty; give a folder or an address that every silo can write.");
        if (errors.Count > 0) return (null, errors);

        var asked = arguments with
        {
            Input = FullPath(arguments.Input),
            Output = FullPath(arguments.Output),
            Models = arguments.Models is null ? null : Path.GetFullPath(arguments.Models),
            Parallelism = parallelism ?? 1,
        };
        // A silo that dies meanwhile is not asked the next time.
        var views = await ClusterPatience.AskAsync(() => LookAsync(grains, asked, runId), cancellationToken);

        // A lock that the cluster's own run holds is told by the run's name.
        var output = views.Select(view => view.Plan?.Output).FirstOrDefault(place => place is not null) ?? asked.Output;
        if (await ClusterPatience.AskAsync(() => OutputInUse.FindAsync(grains, output), cancellationToken) is { } taken) return (null, [taken]);

        errors.AddRange(Merge(views));
        if (errors.Count > 0) return (null, errors);

        var plan = Choose(views).Plan!;
        return (plan with { Policy = policy!, Parallelism = parallelism ?? 0 }, []);
    }

    private static async Task<IReadOnlyList<SiloView>> LookAsync(IGrainFactory grains, RunArguments asked, string runId)
    {
        var silos = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.Order().ToList();
        return await Task.WhenAll(silos.Select(silo =>
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
            try
            {
                return grains.GetGrain<ISiloViewGrain>($"{silo.ToParsableString()} {runId}").LookAsync(asked, runId);
            }
            finally
            {
                RequestContext.Remove(IPlacementDirector.PlacementHintKey);
            }
        }));
    }

    private static IEnumerable<string> Merge(IReadOnlyList<SiloView> views)
    {
        foreach (var fault in views.SelectMany(view => view.Errors.Select(error => (view.Silo, error))).GroupBy(entry => entry.error, entry => entry.Silo))
        {
            yield return fault.Count() == views.Count ? $"{fault.Key} (on every silo)" : $"{fault.Key} (on silo {string.Join(", ", fault)})";
        }

        if (!views.Any(view => view.Roles.Contains(SiloRoles.Media))) yield return "no silo of the cluster has the role 'media'; start one with Curate:Silo:Roles holding \"media\".";

        if (views.Any(view => view.Plan?.Models.Any(model => AskedByRole.Contains(model.Slot)) == true) && !views.Any(view => view.Roles.Contains(SiloRoles.Model)))
        {
            yield return "--models: no silo of the cluster has the role 'model', which models of sound need; start one with Curate:Silo:Roles holding \"model\".";
        }

        // Silos with different models would write different rows for the same source.
        var sets = views.Where(view => view.Plan?.Models.Count > 0).GroupBy(view => JsonSerializer.Serialize(view.Plan!.Models), view => view.Silo).ToList();
        if (sets.Count > 1) yield return $"--models: the silos hold different models there: {string.Join(" | ", sets.Select(set => string.Join(", ", set)))}. Give all of them the same folder.";
    }

    // The one that knows the models, where one does.
    private static SiloView Choose(IReadOnlyList<SiloView> views) => views.Where(view => view.Plan is not null).OrderByDescending(view => view.Plan!.Models.Count).First();

    // The silos have another working folder than this process.
    private static string FullPath(string place) => SourceAddress.IsAddress(place) && SourceUri.ToPath(place) is null ? place : Path.TrimEndingDirectorySeparator(Path.GetFullPath(SourceUri.ToPath(place) ?? place));
}
