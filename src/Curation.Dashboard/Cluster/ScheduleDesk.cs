using Curation.Dashboard.Security;
using Curation.Grains.Schedules;

namespace Curation.Dashboard.Cluster;

/// <summary>What people do with schedules. Every change leaves a line in the audit.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="submission">The checks.</param>
/// <param name="watch">Told of changes, so that pages show them at once.</param>
/// <param name="audit">Where changes are written down.</param>
public sealed class ScheduleDesk(IGrainFactory grains, IClusterSubmission submission, ClusterWatch watch, AuditLog audit)
{
    /// <summary>One schedule.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<ScheduleState?> FindAsync(string name) => ScheduleCheck.IsName(name) ? await grains.GetGrain<IScheduleGrain>(name).GetAsync() : null;

    /// <summary>Adds a schedule, or changes one.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Its name.</param>
    /// <param name="request">What it is to be.</param>
    /// <param name="replace">Whether it may take the place of one with its name, whose history it keeps.</param>
    /// <returns>Its name, or every fault.</returns>
    public async Task<Answer> SaveAsync(Actor actor, string name, ScheduleRequest request, bool replace)
    {
        var (definition, faults) = submission.PrepareSchedule(name, request, (await FindAsync(name))?.Definition);
        if (definition is not null) faults = await grains.GetGrain<IScheduleGrain>(definition.Name).SaveAsync(definition, replace);
        if (faults.Count > 0)
        {
            audit.Refused(actor, "schedule.save", name, string.Join(' ', faults));
            return Answer.Refused(faults);
        }

        return Done(actor, "schedule.save", name);
    }

    /// <summary>Lets due times pass, or count again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Which.</param>
    /// <param name="paused">Which of the two.</param>
    /// <returns>Its name, or that there is none.</returns>
    public async Task<Answer> SetPausedAsync(Actor actor, string name, bool paused) =>
        ScheduleCheck.IsName(name) && await grains.GetGrain<IScheduleGrain>(name).SetPausedAsync(paused) is not null ? Done(actor, paused ? "schedule.pause" : "schedule.resume", name) : Unknown(name);

    /// <summary>Starts a run now.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Which.</param>
    /// <returns>The run's id, or why not.</returns>
    public async Task<Answer> RunNowAsync(Actor actor, string name)
    {
        if (!ScheduleCheck.IsName(name) || await grains.GetGrain<IScheduleGrain>(name).RunNowAsync() is not { Found: true } answer) return Unknown(name);

        if (!answer.Started)
        {
            audit.Refused(actor, "schedule.run-now", name, answer.Reason ?? "");
            return Answer.Refused($"Nothing was started: {answer.Reason} ({answer.RunId}).");
        }

        Done(actor, "schedule.run-now", $"{name} as {answer.RunId}");
        return Answer.Of(answer.RunId!);
    }

    /// <summary>Removes a schedule and its history. A run that is at work goes on.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="name">Which.</param>
    /// <returns>Its name, or that there is none.</returns>
    public async Task<Answer> RemoveAsync(Actor actor, string name) =>
        ScheduleCheck.IsName(name) && await grains.GetGrain<IScheduleGrain>(name).RemoveAsync() is not null ? Done(actor, "schedule.remove", name) : Unknown(name);

    private Answer Done(Actor actor, string action, string name)
    {
        audit.Changed(actor, action, name);
        watch.LookNow();
        return Answer.Of(name);
    }

    private static Answer Unknown(string name) => Answer.Absent($"There is no schedule '{name}'. Nothing was changed.");
}
