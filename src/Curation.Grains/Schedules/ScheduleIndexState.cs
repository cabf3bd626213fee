namespace Curation.Grains.Schedules;

/// <summary>What the index of schedules keeps.</summary>
public sealed record ScheduleIndexState
{
    /// <summary>The names in alphabetical order.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
