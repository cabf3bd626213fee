namespace Curation.Grains.Training;

/// <inheritdoc cref="ITrainingIndexGrain" />
public sealed class TrainingIndexGrain(
    [PersistentState("trainings", CurationGrains.StateStorage)] IPersistentState<TrainingIndexRecord> state) : Grain, ITrainingIndexGrain
{
    /// <summary>Ended trainings that are remembered.</summary>
    public const int RememberedTrainings = 200;

    /// <inheritdoc />
    public async Task<string?> ClaimAsync(TrainingEntry training)
    {
        ArgumentNullException.ThrowIfNull(training);

        if (state.State.Active.FirstOrDefault(active => active.Output == training.Output) is { } other) return other.TrainingId == training.TrainingId ? null : other.TrainingId;

        await WriteAsync(new TrainingIndexRecord { Active = [.. state.State.Active, training], Ended = Without(state.State.Ended, training.TrainingId) });
        return null;
    }

    /// <inheritdoc />
    public async Task EndedAsync(TrainingEntry training)
    {
        ArgumentNullException.ThrowIfNull(training);

        if (state.State.Ended.Any(ended => ended == training) && state.State.Active.All(active => active.TrainingId != training.TrainingId)) return;

        var ended = Without(state.State.Ended, training.TrainingId).Prepend(training).OrderByDescending(known => known.End?.EndedUtc).ToList();
        await WriteAsync(new TrainingIndexRecord { Active = Without(state.State.Active, training.TrainingId), Ended = [.. ended.Take(RememberedTrainings)] });
        foreach (var forgotten in ended.Skip(RememberedTrainings)) await GrainFactory.GetGrain<ITrainingGrain>(forgotten.TrainingId).ForgetAsync();
    }

    /// <inheritdoc />
    public Task ForgetAsync(string trainingId) =>
        state.State.Active.Any(active => active.TrainingId == trainingId) ? WriteAsync(state.State with { Active = Without(state.State.Active, trainingId) }) : Task.CompletedTask;

    /// <inheritdoc />
    public Task<IReadOnlyList<TrainingEntry>> GetActiveAsync() => Task.FromResult(state.State.Active);

    /// <inheritdoc />
    public Task<IReadOnlyList<TrainingEntry>> ListAsync() => Task.FromResult<IReadOnlyList<TrainingEntry>>([.. state.State.Active.Reverse(), .. state.State.Ended]);

    /// <inheritdoc />
    public Task<TrainingEntry?> FindAsync(string trainingId) =>
        Task.FromResult(state.State.Active.Concat(state.State.Ended).FirstOrDefault(training => training.TrainingId == trainingId));

    private Task WriteAsync(TrainingIndexRecord next) => state.ReplaceAsync(next, DeactivateOnIdle);

    private static IReadOnlyList<TrainingEntry> Without(IReadOnlyList<TrainingEntry> trainings, string trainingId) =>
        [.. trainings.Where(training => training.TrainingId != trainingId)];
}
