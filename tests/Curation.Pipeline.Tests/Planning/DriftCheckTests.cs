using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class DriftCheckTests
{
    private const string Name = "snr_db";

    [Fact]
    public void Move_beyond_all_earlier_values_is_told_with_both_medians()
    {
        var drift = DriftCheck.Compare(Name, Range(0, 100), 50, Sources(30, source => [200 + source]), Ones(30), 10);

        Assert.True(drift.HasMoved);
        Assert.Equal((1.0, 1.0, "large"), (drift.Gap, drift.Dominance, drift.Size));
        Assert.Equal((49.0, 214.0, "dB"), (drift.From, drift.To, drift.Unit));
    }

    [Fact]
    public void Same_distribution_has_not_moved()
    {
        var drift = DriftCheck.Compare(Name, Range(0, 100), 100, Sources(50, source => [2 * source, (2 * source) + 1]), Ones(50), 1);

        Assert.False(drift.HasMoved);
        Assert.Equal((0.0, 0.0, "negligible"), (Math.Round(drift.Gap, 9), Math.Round(drift.Dominance, 9), drift.Size));
    }

    [Fact]
    public void Clips_of_few_sources_are_no_evidence_however_many_they_are()
    {
        // A thousand clips that all lie in the upper half, of two sources: two independent values at most.
        var drift = DriftCheck.Compare(Name, Range(0, 100), 100, Sources(2, _ => [.. Enumerable.Repeat(75.0, 500)]), Ones(2), 1);

        Assert.False(drift.HasMoved);
    }

    [Fact]
    public void Move_that_one_test_would_tell_is_not_told_among_many()
    {
        MeasurementDrift Compared(int measurements) => DriftCheck.Compare(Name, Range(0, 100), 100, Sources(40, source => [30 + source]), Ones(40), measurements);

        Assert.InRange(Compared(1).Probability, 0.0005, 0.05);
        Assert.True(Compared(1).HasMoved);
        Assert.False(Compared(100).HasMoved);
    }

    [Fact]
    public void Sources_count_by_how_many_they_stand_for()
    {
        var drift = DriftCheck.Compare(Name, Range(0, 100), 100, Sources(2, source => [source == 0 ? 10 : 90]), [1, 9], 1);

        Assert.Equal(90, drift.To);
    }

    private static double[] Range(int start, int count) => [.. Enumerable.Range(start, count).Select(value => (double)value)];

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static List<SampledSource> Sources(int count, Func<int, double[]> values) =>
        [.. Enumerable.Range(0, count).Select(source => new SampledSource($"file:///{source}.mp4", 0) { Measured = new Dictionary<string, IReadOnlyList<double>> { [Name] = values(source) } })];
}
