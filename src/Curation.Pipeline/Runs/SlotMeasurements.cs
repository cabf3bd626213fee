using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Runs;

/// <summary>The measurements that need a model, for runs without one: unmeasured with the reason, never a number.</summary>
public static class SlotMeasurements
{
    /// <summary>One entry per measurement whose model slot is absent.</summary>
    /// <param name="split">Kind of sound; voice scores do not apply to clips without a voice.</param>
    /// <returns>Unmeasured or not applicable.</returns>
    public static IEnumerable<Measurement> Absent(Split? split)
    {
        foreach (var definition in MeasurementCatalog.All)
        {
            if (definition.Slot is not { } slot) continue;

            yield return slot == "mos" && split == Split.Sound
                ? Measurement.NotApplicable(definition.Name, "no voice")
                : Measurement.Unmeasured(definition.Name, $"model slot '{slot}' is absent");
        }
    }
}
