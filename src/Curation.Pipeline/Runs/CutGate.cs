namespace Curation.Pipeline.Runs;

/// <summary>Bounds how many clips are cut at once on this machine: encoders are the heaviest processes of a run.</summary>
public sealed class CutGate : IDisposable
{
    private readonly SemaphoreSlim _turns;

    /// <summary>A gate.</summary>
    /// <param name="width">How many may be inside at once.</param>
    public CutGate(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _turns = new SemaphoreSlim(width);
    }

    /// <summary>Waits for a turn.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Dispose it to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private SemaphoreSlim? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.Release();
    }
}
