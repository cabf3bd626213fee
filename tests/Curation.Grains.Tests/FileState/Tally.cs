namespace Curation.Grains.Tests.FileState;

/// <summary>A small state for tests.</summary>
internal sealed record Tally
{
    public int Count { get; init; }

    public DayOfWeek Day { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];
}
