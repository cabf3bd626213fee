namespace Curation.Pipeline.Modelling;

/// <summary>Asks the run's endpoints; waiting for them takes no place among the local models.</summary>
/// <param name="ask">What is asked.</param>
internal sealed class RemoteStage(Func<ClipState, ClipMedia, ModelSet, CancellationToken, Task<ClipState>> ask) : IModelStage
{
    public IReadOnlyList<(string Slot, string Measurement)> Makes => [];

    public bool IsLocal => false;

    public Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken) => ask(state, media, models, cancellationToken);
}
