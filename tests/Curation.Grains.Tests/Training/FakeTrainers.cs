using System.Collections.Concurrent;
using Curation.Pipeline;
using Curation.Pipeline.Training;

namespace Curation.Grains.Tests.Training;

/// <summary>A launcher whose trainers do nothing until the test ends them, so that tests see only what the grain does.</summary>
internal sealed class FakeTrainers : ITrainerLauncher
{
    private readonly ConcurrentQueue<FakeTrainer> _started = new();

    /// <summary>The trainers so far, in the order in which they were started.</summary>
    public IReadOnlyList<FakeTrainer> Started => [.. _started];

    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Thrown by the start while it is set.</summary>
    public StoreUnavailableException? Trouble { get; set; }

    /// <summary>Called with each trainer and its index as soon as it is started.</summary>
    public Action<FakeTrainer, int>? OnStart { get; set; }

    public IReadOnlyList<string> FindFaults(TrainingPlan plan) => Faults;

    public Task<ITrainer> StartAsync(TrainingPlan plan)
    {
        if (Trouble is { } trouble) throw trouble;

        var trainer = new FakeTrainer();
        _started.Enqueue(trainer);
        OnStart?.Invoke(trainer, _started.Count - 1);
        return Task.FromResult<ITrainer>(trainer);
    }
}
