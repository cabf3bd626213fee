using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Policies;

public sealed class PriceReaderTests
{
    private const string Head = "name: x\nlimits: {}\n";

    [Fact]
    public void Prices_are_read_as_they_stand()
    {
        var prices = PolicyFile.ParsePrices(Head + "prices: { currency: EUR, core_hour: 0.05, gpu_hour: 2, storage_gb_month: 0.02, request: 0.001 }\n", "x.yaml");

        Assert.Equal(new PriceTable("EUR") { CoreHour = 0.05, GpuHour = 2, StorageGbMonth = 0.02, Request = 0.001 }, prices);
    }

    [Fact]
    public void Price_that_is_not_given_is_none() => Assert.Null(PolicyFile.ParsePrices(Head + "prices: { currency: EUR, core_hour: 0 }\n", "x.yaml")!.GpuHour);

    [Fact]
    public void Policy_without_prices_has_none()
    {
        Assert.Null(PolicyFile.ParsePrices(Head, "x.yaml"));
        Assert.All(PolicyPresets.Names, preset => Assert.Null(PolicyFile.LoadPrices(preset)));
    }

    [Fact]
    public void Other_prices_are_the_same_policy() =>
        Assert.Equal(PolicyFile.Parse(Head, "x.yaml"), PolicyFile.Parse(Head + "prices: { currency: EUR, core_hour: 7 }\n", "x.yaml") with { Limits = PolicyFile.Parse(Head, "x.yaml").Limits }, (a, b) => a.Sha256 == b.Sha256);

    [Theory]
    [InlineData("prices: { currency: EUR, cor_hour: 1, gpu_hour: 1 }\n", 3, 26, "'cor_hour' is not a key of prices; did you mean 'core_hour'?")]
    [InlineData("prices: { core_hour: 1 }\n", 3, 9, "prices has no currency; add 'currency: ...'")]
    [InlineData("prices: { currency: EUR }\n", 3, 9, "prices names no price; give it one of core_hour, gpu_hour, storage_gb_month, request, or leave it out")]
    [InlineData("prices: { currency: EUR, core_hour: -1 }\n", 3, 37, "prices.core_hour is -1; a price is never negative")]
    [InlineData("prices: { currency: EUR, core_hour: 1 EUR }\n", 3, 37, "prices.core_hour is '1 EUR'; write a number without a unit, it is read in the currency")]
    [InlineData("prices: { currency: [EUR], core_hour: 1 }\n", 3, 21, "prices.currency must be 1 to 16 characters on one line, such as USD")]
    [InlineData("prices: 5\n", 3, 9, "prices must be a set of names such as { currency: ... }, not '5'")]
    [InlineData("price: { core_hour: 1 }\n", 3, 1, "'price' is not a key of a policy; did you mean 'prices'?")]
    public void Faults_are_told_with_their_place(string yaml, int line, int column, string message)
    {
        var wrong = Assert.Throws<PolicyException>(() => PolicyFile.Parse(Head + yaml, "x.yaml"));

        var error = Assert.Single(wrong.Errors);
        Assert.Equal((line, column, message), (error.Line, error.Column, error.Message));
    }
}
