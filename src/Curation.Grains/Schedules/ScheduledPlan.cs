using System.Globalization;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;

namespace Curation.Grains.Schedules;

/// <summary>Makes the plan of a scheduled run.</summary>
internal static class ScheduledPlan
{
    /// <summary>The id of a due time's run. The same time gives the same id, so that starting it twice is one run.</summary>
    public static string RunId(string schedule, DateTimeOffset scheduledUtc, bool byHand) =>
        $"{schedule}-{scheduledUtc.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}{(byHand ? "-by-hand" : "")}";

    /// <summary>The plan, or why there is none.</summary>
    public static async Task<(RunPlan? Plan, IReadOnlyList<string> Faults)> MakeAsync(ScheduleDefinition definition, string runId)
    {
        try
        {
            var policy = PolicyFile.Parse(definition.PolicyText, definition.PolicyName);
            IReadOnlyList<ModelInUse> models = [];
            if (definition.Models is { } folder)
            {
                (models, var wrong) = await Task.Run(() => ModelInventory.TakeAsync(folder, CancellationToken.None));
                if (wrong.Count > 0) return (null, [.. wrong.Select(fault => $"models {folder}: {fault}")]);
            }

            return (new RunPlan(runId, definition.Input, definition.Output, policy)
            {
                ModelsFolder = definition.Models,
                Models = models,
                Limit = definition.Limit,
                Parallelism = definition.Parallelism,
            }, []);
        }
        catch (PolicyException wrong)
        {
            // The program was renewed and no longer knows what the policy asks for.
            return (null, wrong.Message.Split('\n'));
        }
    }
}
