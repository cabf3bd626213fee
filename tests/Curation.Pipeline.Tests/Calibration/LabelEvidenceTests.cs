using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class LabelEvidenceTests
{
    [Fact]
    public void Needed_J_of_one_bound_and_20_of_each_has_an_exact_risk_near_5_percent()
    {
        // Gnedenko and Korolyuk 1951: for n of each, P(D+ >= c/n) = C(2n, n-c) / C(2n, n).
        var needed = LabelEvidence.NeededYouden(20, 20, 1);

        Assert.Equal(0.387, needed, 0.0005);
        Assert.InRange(Exact(20, (int)Math.Ceiling(20 * needed)), 0.01, 0.05);
    }

    [Fact]
    public void Needed_J_grows_with_the_bounds_that_are_tried_and_falls_with_labels()
    {
        // sqrt(ln(10 / 0.05) / 2 * 2 / 20) and sqrt(ln(1 / 0.05) / 2 * 2 / 200).
        Assert.Equal(0.5147, LabelEvidence.NeededYouden(20, 20, 10), 0.0001);
        Assert.Equal(0.1224, LabelEvidence.NeededYouden(200, 200, 1), 0.0001);
    }

    private static double Exact(int each, int steps)
    {
        // C(2n, n-c) / C(2n, n) = product of (n-c+i) / (n+i) for i = 1..c.
        var risk = 1.0;
        for (var step = 1; step <= steps; step++) risk *= (double)(each - steps + step) / (each + step);
        return risk;
    }
}
