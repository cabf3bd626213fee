using Curation.Clips.Deciding;
using Curation.Dashboard.Pages.WhatIf;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Tests.Pages.WhatIf;

public sealed class HistogramPathsTests
{
    private static readonly WhatIfAxis Axis = new(-10, 10, 20, false, false);

    [Fact]
    public void Allowed_part_lies_between_the_bounds()
    {
        Assert.Equal((0.5, 1), HistogramPaths.Allowed(Axis, new Limit("snr_db") { Min = 0 }));
        Assert.Equal((0.25, 0.75), HistogramPaths.Allowed(Axis, new Limit("snr_db") { MaxAbs = 5 }));
        Assert.Equal((0, 1), HistogramPaths.Allowed(Axis, new Limit("snr_db") { Min = -90, Max = 90 }));
        Assert.Equal((0, 1), HistogramPaths.Allowed(Axis, null));
    }

    [Fact]
    public void Bar_that_a_bound_goes_through_is_on_both_sides()
    {
        int[] counts = [4, 0, 4, 4];

        Assert.Equal(2, HistogramPaths.Within(counts, 4, (0.625, 1)).Count(letter => letter == 'M'));
        Assert.Equal(2, HistogramPaths.Outside(counts, 4, (0.625, 1)).Count(letter => letter == 'M'));
        Assert.Equal(3, HistogramPaths.Bars(counts, 4).Count(letter => letter == 'M'));
        Assert.Equal("", HistogramPaths.Bars([0, 0], 0));
    }
}
