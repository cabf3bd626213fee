namespace Curation.Grains.Schedules;

/// <inheritdoc cref="IScheduleIndexGrain" />
public sealed class ScheduleIndexGrain([PersistentState("schedules", CurationGrains.StateStorage)] IPersistentState<ScheduleIndexState> state) : Grain, IScheduleIndexGrain
{
    /// <inheritdoc />
    public Task AddAsync(string name) => state.State.Names.Contains(name) ? Task.CompletedTask : WriteAsync([.. state.State.Names, name]);

    /// <inheritdoc />
    public Task RemoveAsync(string name) => state.State.Names.Contains(name) ? WriteAsync(state.State.Names.Where(known => known != name)) : Task.CompletedTask;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult(state.State.Names);

    private Task WriteAsync(IEnumerable<string> names) =>
        state.ReplaceAsync(new ScheduleIndexState { Names = [.. names.Order(StringComparer.Ordinal)] }, DeactivateOnIdle);
}
