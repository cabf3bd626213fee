namespace Curation.Grains;

/// <inheritdoc cref="IRunIndexGrain" />
public sealed class RunIndexGrain([PersistentState("runs", CurationGrains.StateStorage)] IPersistentState<RunIndexRecord> state) : Grain, IRunIndexGrain
{
    /// <summary>Ended runs that are remembered.</summary>
    public const int RememberedRuns = 1000;

    /// <inheritdoc />
    public Task StartedAsync(RunEntry run)
    {
        ArgumentNullException.ThrowIfNull(run);

        return state.State.Active.Any(active => active.RunId == run.RunId)
            ? Task.CompletedTask
            : WriteAsync(new RunIndexRecord { Active = [.. state.State.Active, run], Ended = Without(state.State.Ended, run.RunId) });
    }

    /// <inheritdoc />
    public async Task EndedAsync(RunEntry run)
    {
        ArgumentNullException.ThrowIfNull(run);

        if (state.State.Ended.Any(ended => ended == run) && state.State.Active.All(active => active.RunId != run.RunId)) return;

        var ended = Without(state.State.Ended, run.RunId).Prepend(run).OrderByDescending(known => known.EndedUtc).ToList();
        await WriteAsync(new RunIndexRecord { Active = Without(state.State.Active, run.RunId), Ended = [.. ended.Take(RememberedRuns)] });
        foreach (var forgotten in ended.Skip(RememberedRuns)) await GrainFactory.GetGrain<IRunGrain>(forgotten.RunId).ForgetAsync();
    }

    /// <inheritdoc />
    public Task ForgetAsync(string runId) =>
        state.State.Active.Any(active => active.RunId == runId) ? WriteAsync(state.State with { Active = Without(state.State.Active, runId) }) : Task.CompletedTask;

    /// <inheritdoc />
    public Task<IReadOnlyList<RunEntry>> GetActiveAsync() => Task.FromResult(state.State.Active);

    /// <inheritdoc />
    public Task<IReadOnlyList<RunEntry>> ListAsync() => Task.FromResult<IReadOnlyList<RunEntry>>([.. state.State.Active.Reverse(), .. state.State.Ended]);

    /// <inheritdoc />
    public Task<RunEntry?> FindAsync(string runId) =>
        Task.FromResult(state.State.Active.Concat(state.State.Ended).FirstOrDefault(run => run.RunId == runId));

    private Task WriteAsync(RunIndexRecord next) =>
        state.ReplaceAsync(next, DeactivateOnIdle);

    private static IReadOnlyList<RunEntry> Without(IReadOnlyList<RunEntry> runs, string runId) => [.. runs.Where(run => run.RunId != runId)];
}
