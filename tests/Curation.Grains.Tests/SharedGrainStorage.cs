using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace Curation.Grains.Tests;

/// <summary>Grain storage outside the silos, as a server is: records are JSON text, and a write with an old tag is refused.</summary>
internal sealed class SharedGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, string Tag)> _records = new();
    private int _tags;
    private int _writes;

    /// <summary>Thrown by writes while it is set.</summary>
    public Exception? Fault { get; set; }

    public int Writes => _writes;

    public int LargestRecord { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var known = _records.TryGetValue(Key(stateName, grainId), out var record);
        grainState.RecordExists = known;
        grainState.ETag = known ? record.Tag : null;
        grainState.State = known ? JsonSerializer.Deserialize<T>(record.Json)! : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Fault is { } fault) throw fault;

        Interlocked.Increment(ref _writes);
        var key = Key(stateName, grainId);
        var json = JsonSerializer.Serialize(grainState.State);
        LargestRecord = Math.Max(LargestRecord, json.Length);
        var next = (json, Interlocked.Increment(ref _tags).ToString(null, null));
        var stored = grainState.ETag is { } tag
            ? _records.TryGetValue(key, out var before) && before.Tag == tag && _records.TryUpdate(key, next, before)
            : _records.TryAdd(key, next);
        if (!stored) throw new InconsistentStateException("somebody else has written", _records.TryGetValue(key, out var stands) ? stands.Tag : null, grainState.ETag);

        grainState.ETag = next.Item2;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove(Key(stateName, grainId), out _);
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grainId) => $"{grainId}/{stateName}";
}
