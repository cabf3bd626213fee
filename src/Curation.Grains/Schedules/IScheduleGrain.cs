namespace Curation.Grains.Schedules;

/// <summary>One schedule, keyed by its name: starts a run at each due time, never two at once.</summary>
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>Saves the schedule; the next due time is the first after now.</summary>
    /// <param name="definition">What to run and when; its name is the key.</param>
    /// <param name="replace">Whether it may take the place of one with its name, whose history it keeps.</param>
    /// <returns>Every fault; empty where it is saved, and nothing is saved otherwise.</returns>
    Task<IReadOnlyList<string>> SaveAsync([Immutable] ScheduleDefinition definition, bool replace);

    /// <summary>The schedule.</summary>
    /// <returns>Null where there is none.</returns>
    Task<ScheduleState?> GetAsync();

    /// <summary>Lets due times pass, or count again from now on. A run that is at work goes on.</summary>
    /// <param name="paused">Which.</param>
    /// <returns>The schedule as it is now; null where there is none.</returns>
    Task<ScheduleState?> SetPausedAsync(bool paused);

    /// <summary>Starts a run now, unless one is at work. Due times stay as they are.</summary>
    /// <returns>What became of it.</returns>
    Task<RunNowAnswer> RunNowAsync();

    /// <summary>Removes the schedule and its history. A run that is at work goes on.</summary>
    /// <returns>The schedule as it was; null where there was none.</returns>
    Task<ScheduleState?> RemoveAsync();

    /// <summary>Does what is due, and sees to it that the schedule is woken again.</summary>
    Task WakeAsync();
}
