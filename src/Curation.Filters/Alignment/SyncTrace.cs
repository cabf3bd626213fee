namespace Curation.Filters.Alignment;

/// <summary>What an estimate was made from, over time: where the parts of the picture that agree best with the sound start to move, and where the sound rises.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="StepSeconds">Distance of values; the first stands at the clip's first picture.</param>
/// <param name="Motion">Rise of the motion at every step, 0 where nothing starts; empty where there is no offset.</param>
/// <param name="Onset">Rise of the sound at every step, on the same clock, in another unit; empty where there is no offset.</param>
public sealed record SyncTrace(SyncEstimate Estimate, double StepSeconds, IReadOnlyList<float> Motion, IReadOnlyList<float> Onset)
{
    /// <summary>A trace of an estimate that could not be made.</summary>
    /// <param name="estimate">The estimate with its reason.</param>
    /// <returns>No curves.</returns>
    public static SyncTrace Without(SyncEstimate estimate) => new(estimate, SyncGrid.StepSeconds, [], []);
}
