using Curation.Clips.Measuring;

namespace Curation.Clips.Tests.Measuring;

public sealed class MeasurementTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Value_that_is_not_finite_is_refused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Measurement.Measured("snr_db", value, "test", "1"));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public void Value_that_is_missing_becomes_unmeasured_with_the_reason(double? value)
    {
        var measurement = Measurement.FromNullable("snr_db", value, "digital silence", "test", "1");

        Assert.Equal(MeasurementState.Unmeasured, measurement.State);
        Assert.Null(measurement.Value);
        Assert.Equal("digital silence", measurement.Reason);
    }

    [Fact]
    public void Unmeasured_without_a_reason_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => Measurement.Unmeasured("snr_db", ""));

    [Fact]
    public void Name_outside_the_catalogue_is_refused() =>
        Assert.Throws<ArgumentException>(() => Measurement.Measured("snr", 1, "test", "1"));

    [Fact]
    public void Catalogue_names_every_measurement_once() =>
        Assert.Equal(MeasurementCatalog.All.Count, MeasurementCatalog.All.Select(definition => definition.Name).Distinct().Count());

    [Fact]
    public void Catalogue_confidences_are_measurements() =>
        Assert.All(MeasurementCatalog.All.Where(definition => definition.ConfidenceName is not null), definition => Assert.NotNull(MeasurementCatalog.Find(definition.ConfidenceName!)));
}
