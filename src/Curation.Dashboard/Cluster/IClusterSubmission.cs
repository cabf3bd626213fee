using Curation.Grains.Schedules;
using Curation.Pipeline.Runs;

namespace Curation.Dashboard.Cluster;

/// <summary>The checks that the command line makes before it submits something, for the dashboard to make the same.</summary>
public interface IClusterSubmission
{
    /// <summary>A run's next name.</summary>
    /// <returns>A name that is nobody else's.</returns>
    string NextRunId();

    /// <summary>Checks a run with the eyes of every silo.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="runId">Its name.</param>
    /// <param name="cancellationToken">Ends the checking.</param>
    /// <returns>A plan, or every fault.</returns>
    Task<(RunPlan? Plan, IReadOnlyList<string> Faults)> PrepareRunAsync(RunRequest request, string runId, CancellationToken cancellationToken);

    /// <summary>Tells who writes a data set.</summary>
    /// <param name="output">The data set.</param>
    /// <param name="ended">A run that is known to have ended.</param>
    /// <returns>Who, in words; null for nobody.</returns>
    Task<string?> FindWriterAsync(string output, string ended);

    /// <summary>Checks a schedule.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="known">The schedule of that name; null for a new one.</param>
    /// <returns>A definition, or every fault.</returns>
    (ScheduleDefinition? Definition, IReadOnlyList<string> Faults) PrepareSchedule(string name, ScheduleRequest request, ScheduleDefinition? known);
}
