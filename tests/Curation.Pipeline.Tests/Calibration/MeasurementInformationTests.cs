using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class MeasurementInformationTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4 }, 4, 1)]
    [InlineData(new[] { 1.0, 1, 1, 1 }, 4, 0)]
    [InlineData(new[] { 1.0, 1, 2, 2 }, 4, 0.5)]
    [InlineData(new[] { 1.0, 2 }, 4, 0.5)]
    [InlineData(new[] { 1.0 }, 4, 0)]
    [InlineData(new double[0], 4, 0)]
    public void Share_is_the_entropy_in_bits_of_those_that_would_name_every_clip(double[] sorted, int clips, double expected)
    {
        // For example two values, each of two of four clips: 1 bit of log2(4) = 2.
        Assert.Equal(expected, MeasurementInformation.Share(sorted, clips), 1e-12);
    }
}
