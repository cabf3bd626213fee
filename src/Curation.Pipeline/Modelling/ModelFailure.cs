using Curation.Models.Running;

namespace Curation.Pipeline.Modelling;

/// <summary>What a slot's model did not answer.</summary>
/// <param name="Slot">Name of the slot.</param>
/// <param name="Reason">What happened, in words.</param>
/// <param name="MayPass">Whether the same question may be answered another time, because memory was short; the model's other failures would come again.</param>
public sealed record ModelFailure(string Slot, string Reason, bool MayPass)
{
    /// <summary>The failure that an exception tells of.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="fault">What was thrown.</param>
    /// <returns>Null where it is not the model's.</returns>
    internal static ModelFailure? Of(string slot, Exception fault) =>
        ModelFault.ReasonOf(fault) is { } reason ? new ModelFailure(slot, $"model slot '{slot}' failed: {reason}", OutOfMemory.Says(fault)) : null;
}
