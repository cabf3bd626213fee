using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Curation.Grains;

/// <summary>Writes the record of a run or a training, one write at a time; whoever asks during a write shares the next one.</summary>
/// <param name="state">Where the record is kept.</param>
/// <param name="snapshot">The record as it is now.</param>
/// <param name="holderOf">Which activation wrote a record.</param>
/// <param name="holder">Names this activation of the run.</param>
/// <param name="stepDown">Called where another activation has taken the run over.</param>
/// <param name="runId">For the log.</param>
/// <param name="logger">The log.</param>
internal sealed class RunCheckpoints<TRecord>(
    IPersistentState<TRecord> state, Func<TRecord> snapshot, Func<TRecord, string?> holderOf, string holder, Action stepDown, string runId, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _asked;
    private long _saved;
    private bool _disposed;

    /// <summary>Writes what is so now. Trouble is logged; the next write carries everything.</summary>
    /// <returns>Whether it is durable.</returns>
    public async Task<bool> TrySaveAsync()
    {
        try
        {
            await SaveAsync();
            return true;
        }
        catch (ObjectDisposedException) when (_disposed)
        {
            // The activation has ended, and wrote its end itself or left the run to another one.
            return false;
        }
        catch (Exception trouble) when (ClusterTrouble.Is(trouble))
        {
            // The data set is the truth: a checkpoint that is late costs looking sources up again, never a source.
            RunLog.CheckpointFailed(logger, trouble, runId);
            return false;
        }
    }

    /// <summary>Writes what is so now.</summary>
    public async Task SaveAsync()
    {
        var mine = ++_asked;
        await _turn.WaitAsync();
        try
        {
            if (_saved >= mine) return;

            var upTo = _asked;
            await WriteAsync();
            _saved = upTo;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _turn.Dispose();
    }

    private async Task WriteAsync()
    {
        state.State = snapshot();
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Either an earlier write of ours arrived although its answer did not, or somebody else has the run now.
            await state.ReadStateAsync();
            if (holderOf(state.State) != holder)
            {
                stepDown();
                throw;
            }

            state.State = snapshot();
            await state.WriteStateAsync();
        }
    }
}
