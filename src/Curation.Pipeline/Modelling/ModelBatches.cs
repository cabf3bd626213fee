using System.Collections.Concurrent;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Models.Voice;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Modelling;

/// <summary>The batches of this process: one gatherer for each model, shared by all clips of all runs.</summary>
/// <param name="sets">The opened models.</param>
/// <param name="options">Sizes and delays.</param>
/// <param name="time">The clock of the delays.</param>
public sealed class ModelBatches(ModelSets sets, ModelOptions options, TimeProvider time) : IModelBatches, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Folder, string Slot), Lazy<Task<MicroBatcher<Question, float[]>?>>> _batchers = new();

    /// <inheritdoc />
    public async Task<float[]?> AskAsync(string modelsFolder, string slot, float[] sound, CancellationToken cancellationToken)
    {
        var batcher = await BatcherAsync((modelsFolder, slot));
        return batcher is null ? null : await batcher.AskAsync(new Question(sound, time.GetTimestamp()), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var batcher in _batchers.Values)
        {
            if (batcher.IsValueCreated && await batcher.Value is { } started) await started.DisposeAsync();
        }
    }

    // A start that failed, because a file could not be read for a moment, is tried again by the next question.
    private async Task<MicroBatcher<Question, float[]>?> BatcherAsync((string Folder, string Slot) key)
    {
        var starting = _batchers.GetOrAdd(key, _ => new Lazy<Task<MicroBatcher<Question, float[]>?>>(() => StartAsync(key.Folder, key.Slot)));
        try
        {
            return await starting.Value;
        }
        finally
        {
            if (starting.Value.IsFaulted) _batchers.TryRemove(new(key, starting));
        }
    }

    private async Task<MicroBatcher<Question, float[]>?> StartAsync(string folder, string slot)
    {
        var slots = sets.SlotsOf(folder);
        Func<IReadOnlyList<float[]>, CancellationToken, IReadOnlyList<float[]>>? run = slot switch
        {
            "mos" when await slots.OpenAsync("mos", graphs => DnsMos.From(graphs, new DnsMosOptions { Hop = options.MosHop })) is { } mos => (clips, stop) => Scores(mos, clips, stop),
            "vad" when await slots.OpenAsync("vad", graphs => new SileroVad(graphs.Only)) is { } vad => (clips, stop) => [.. vad.Probabilities([.. clips.Select(clip => (ReadOnlyMemory<float>)clip)], stop).Select(Finite)],
            _ => null,
        };
        return run is null ? null : new MicroBatcher<Question, float[]>(RunAsync, options.BatchOf(slot), time);

        Task<IReadOnlyList<float[]>> RunAsync(IReadOnlyList<Question> questions, CancellationToken stop)
        {
            BatchMetrics.Runs(slot, [.. questions.Select(question => time.GetElapsedTime(question.Asked))]);
            return Task.Run(() => run([.. questions.Select(question => question.Sound)], stop), stop);
        }
    }

    // Not a number would read as silence, or as a score; the clip whose answer it is has none.
    private static float[] Finite(float[] answer) => Array.TrueForAll(answer, float.IsFinite) ? answer : [];

    private static float[][] Scores(DnsMos mos, IReadOnlyList<float[]> clips, CancellationToken stop) =>
    [
        .. mos.Measure([.. clips.Select(clip => (ReadOnlyMemory<float>)clip)], stop)
            .Select(score => score is null ? [] : Finite([(float)score.Signal, (float)score.Background, (float)score.Overall])),
    ];

    private readonly record struct Question(float[] Sound, long Asked);
}
