using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>What one run may ask: the slots of its models folder and its endpoints.</summary>
/// <param name="Folder">Full path of the models folder.</param>
/// <param name="Slots">The slots, shared with other runs.</param>
/// <param name="Endpoints">The run's endpoints.</param>
public sealed record ModelSet(string Folder, SlotRegistry Slots, EndpointSet Endpoints)
{
    /// <summary>Every slot that can be used, and every endpoint.</summary>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>In the catalogue's order, then the endpoints.</returns>
    public async Task<IReadOnlyList<ModelInUse>> InUseAsync(CancellationToken cancellationToken)
    {
        var states = await Slots.StatesAsync(cancellationToken);
        return [.. states.Where(state => state.IsAvailable).Select(InUse), .. Endpoints.InUse];
    }

    /// <summary>The model of a slot.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>Null where the slot is absent.</returns>
    public async Task<ModelInUse?> FindAsync(string slot, CancellationToken cancellationToken) =>
        await Slots.StateAsync(slot, cancellationToken) is { IsAvailable: true } state ? InUse(state) : null;

    private static ModelInUse InUse(SlotState state) => new(state.Slot, state.Model, state.Version, state.Sha256 ?? "");
}
