namespace Curation.Pipeline.Budgets;

/// <summary>The memory that decoders and encoders of this silo are expected to take together; work that finds no room waits.</summary>
/// <remarks>Whoever holds some waits for nothing else that is shared out: no gate, no scratch, no memory.</remarks>
public sealed class MemoryBudget
{
    private readonly ByteBudget _bytes;

    /// <summary>A budget of which nothing is used.</summary>
    /// <param name="options">How much.</param>
    public MemoryBudget(MemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _bytes = new ByteBudget(options.Bytes);
    }

    /// <summary>Bytes given out.</summary>
    public long Used => _bytes.Used;

    /// <summary>Waits for room.</summary>
    /// <param name="bytes">What the work is expected to take, such as <see cref="MediaMemory"/> says; more than there is means all of it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Dispose it when the work is done.</returns>
    public Task<IDisposable> HoldAsync(long bytes, CancellationToken cancellationToken) =>
        _bytes.TakeAsync(Math.Min(bytes, _bytes.Capacity), cancellationToken);
}
