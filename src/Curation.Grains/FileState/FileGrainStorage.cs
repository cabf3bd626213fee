using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Curation.Grains.FileState;

/// <summary>Small state of grains in files, one file each, for a silo without a server.</summary>
/// <remarks>
/// Orleans has a file storage of its own, which writes over the file in place: a process killed between the two halves of a
/// write would leave half a state. This one survives that. The version of a state is the hash of its file.
/// </remarks>
/// <param name="folder">Where the files lie.</param>
/// <param name="activators">Make the state of a grain that has none.</param>
public sealed class FileGrainStorage(StateFolder folder, IActivatorProvider activators) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const string Grains = "grains";
    private const int Stripes = 16;

    // Comparing versions and writing is one step for each grain; grains that do not share a stripe do not wait for each other.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <inheritdoc />
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);

        var path = StatePath.Of(Grains, grainId, stateName);
        var content = await folder.ReadAsync(path, CancellationToken.None);
        if (content is null)
        {
            Forget(grainState);
            return;
        }

        var stored = StateJson.Read<StoredState<T>>(content.Value, out var fault);
        if (stored is not null && (stored.Grain != grainId.ToString() || stored.State != stateName)) fault = $"it is that of {stored.Grain}, {stored.State}";
        if (stored is not null && stored.Value is null) fault = "it holds no state";
        if (fault is not null)
        {
            var aside = await folder.SetAsideAsync(path, CancellationToken.None);
            throw new DamagedStateException($"The state '{stateName}' of {grainId} in {folder.FileOf(path)} is damaged: {fault}. The file was moved to {aside}; the grain starts without it. Put a copy from a backup in its place while the silo is stopped, or set it up anew.");
        }

        (grainState.State, grainState.ETag, grainState.RecordExists) = (stored!.Value, StateFolder.TagOf(content.Value.Span), true);
    }

    /// <inheritdoc />
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);

        if (grainState.State is not { } value) throw new ArgumentException($"The state '{stateName}' of {grainId} is null; clear it instead.", nameof(grainState));

        var path = StatePath.Of(Grains, grainId, stateName);
        var content = StateJson.Write(new StoredState<T>(grainId.ToString(), stateName, value));
        using (await EnterAsync(path))
        {
            await CheckAsync(path, stateName, grainId, grainState.ETag);
            await folder.WriteAsync(path, content, CancellationToken.None);
        }

        (grainState.ETag, grainState.RecordExists) = (StateFolder.TagOf(content), true);
    }

    /// <inheritdoc />
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);

        var path = StatePath.Of(Grains, grainId, stateName);
        using (await EnterAsync(path))
        {
            if (await CheckAsync(path, stateName, grainId, grainState.ETag) is not null) await folder.RemoveAsync(path, CancellationToken.None);
        }

        Forget(grainState);
    }

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer)
    {
        ArgumentNullException.ThrowIfNull(observer);

        // A folder that cannot be had stops the start, before any grain could miss it.
        observer.Subscribe(nameof(FileGrainStorage), ServiceLifecycleStage.RuntimeInitialize, _ =>
        {
            folder.Open();
            return Task.CompletedTask;
        });
    }

    private async Task<Gate> EnterAsync(string path)
    {
        var gate = _gates[(uint)string.GetHashCode(path, StringComparison.Ordinal) % Stripes];
        await gate.WaitAsync();
        return new Gate(gate);
    }

    private async Task<string?> CheckAsync(string path, string stateName, GrainId grainId, string? expected)
    {
        var content = await folder.ReadAsync(path, CancellationToken.None);
        var current = content is null ? null : StateFolder.TagOf(content.Value.Span);
        return current == expected
            ? current
            : throw new InconsistentStateException($"The state '{stateName}' of {grainId} was changed by another activation since it was read; nothing was written.", current ?? "none", expected ?? "none");
    }

    private void Forget<T>(IGrainState<T> state) =>
        (state.State, state.ETag, state.RecordExists) = (activators.GetActivator<T>().Create(), null, false);

    private readonly struct Gate(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
