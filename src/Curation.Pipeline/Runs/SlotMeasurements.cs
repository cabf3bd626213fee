using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Runs;

/// <summary>The measurements that need a model and were not made: unmeasured with the reason, never a number.</summary>
public static class SlotMeasurements
{
    /// <summary>One entry per measurement of a model slot that is not among those made.</summary>
    /// <param name="split">Kind of sound; voice scores do not apply to clips without a voice.</param>
    /// <param name="made">What was measured.</param>
    /// <param name="reason">Why a slot said nothing; null where it is plainly absent.</param>
    /// <returns>Unmeasured or not applicable.</returns>
    public static IEnumerable<Measurement> Missing(Split? split, IReadOnlyCollection<Measurement> made, Func<string, string?> reason)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(reason);

        var names = made.Select(measurement => measurement.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in MeasurementCatalog.All)
        {
            if (definition.Slot is not { } slot || names.Contains(definition.Name)) continue;

            yield return slot == "mos" && split == Split.Sound
                ? Measurement.NotApplicable(definition.Name, "no voice")
                : Measurement.Unmeasured(definition.Name, reason(slot) ?? $"model slot '{slot}' is absent");
        }
    }
}
