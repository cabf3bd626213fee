using Curation.Models.Endpoints;
using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>What one run may ask: the slots of its models folder and its endpoints.</summary>
/// <param name="Folder">Full path of the models folder.</param>
/// <param name="Slots">The slots, shared with other runs.</param>
/// <param name="Endpoints">The run's endpoints.</param>
/// <param name="InUse">Every slot that the run was planned with.</param>
public sealed record ModelSet(string Folder, SlotRegistry Slots, EndpointSet Endpoints, IReadOnlyList<ModelInUse> InUse)
{
    /// <summary>The model of a slot.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>Null where the slot is absent, or holds another model than the run was planned with.</returns>
    public async Task<ModelInUse?> FindAsync(string slot, CancellationToken cancellationToken) =>
        await Slots.StateAsync(slot, cancellationToken) is { IsAvailable: true } state && InUse.Contains(Of(state)) ? Of(state) : null;

    private static ModelInUse Of(SlotState state) => new(state.Slot, state.Model, state.Version, state.Sha256 ?? "");
}
