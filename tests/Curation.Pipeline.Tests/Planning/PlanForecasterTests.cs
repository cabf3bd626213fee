using Curation.Pipeline.Planning;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Planning;

public sealed class PlanForecasterTests
{
    private static readonly PlanCosts NoPrices = new(4, 0.5, HasEndpoints: false, null);

    [Fact]
    public void Census_gives_the_counts_themselves()
    {
        var forecast = PlanForecaster.Forecast(MadePlans.Design(3, 3), [.. Enumerable.Range(0, 3).Select(place => MadePlans.Source(place, clips: 4, retained: place))], NoPrices);

        Assert.True(forecast.IsCensus);
        Assert.Equal(Estimate.Exact(12), forecast.Clips);
        Assert.Equal(Estimate.Exact(3), forecast.Retained);
        Assert.Equal(Estimate.Exact(0.25), forecast.RetainedShare);
        Assert.Equal(Estimate.Exact(0), forecast.BySplit["singing"]);

        // Work is never known to the second.
        Assert.Equal((EstimateMethod.Measured, null), (forecast.CoreHours!.Method, forecast.CoreHours.High));
    }

    [Fact]
    public void Sample_stands_for_all_sources_and_cores_turn_core_hours_into_hours()
    {
        // 3 of 30: each stands for ten. Core seconds 360, 720 and 1080 are 0.6 h, and 6 h of all.
        var forecast = PlanForecaster.Forecast(MadePlans.Design(30, 3), [.. Enumerable.Range(1, 3).Select(place => MadePlans.Source(place, clips: 2 * place, retained: place) with { CoreSeconds = 360 * place })], NoPrices);

        Assert.Equal((30, 120.0, 60.0), (forecast.Sources, Math.Round(forecast.Clips.Value, 9), Math.Round(forecast.Retained.Value, 9)));
        Assert.Equal(6, forecast.CoreHours!.Value, 1e-9);

        // Four cores, half of them busy.
        Assert.Equal(3, forecast.WallHours!.Value, 1e-9);
        Assert.True(forecast.CoreHours.Low < 6 && forecast.CoreHours.High > 6);
        Assert.Null(forecast.CostOnce);
        Assert.Null(forecast.CostMonth);
        Assert.Null(forecast.GpuHours);
        Assert.Null(forecast.Requests);
    }

    [Fact]
    public void Costs_are_hours_requests_and_bytes_at_their_prices()
    {
        var prices = new PriceTable("EUR") { CoreHour = 0.05, GpuHour = 2, StorageGbMonth = 0.02, Request = 0.001 };
        SampledSource[] sources = [.. Enumerable.Range(0, 2).Select(place => MadePlans.Source(place, clips: 1, retained: 1) with { CoreSeconds = 3600, GpuSeconds = 1800, Requests = 10, StoredBytes = 5e9 })];

        var forecast = PlanForecaster.Forecast(MadePlans.Design(20, 2), sources, new PlanCosts(1, 1, HasEndpoints: true, prices));

        // Twenty times 1 h at 0.05, 0.5 h at 2 and 10 requests at 0.001; 100 GB at 0.02.
        Assert.Equal(20 * (0.05 + 1 + 0.01), forecast.CostOnce!.Value, 1e-9);
        Assert.Equal(2, forecast.CostMonth!.Value, 1e-9);
        Assert.Equal(200, forecast.Requests!.Value, 1e-9);
    }

    [Fact]
    public void What_has_no_price_or_was_not_measured_is_no_cost_of_zero()
    {
        SampledSource[] sources = [MadePlans.Source(0, 1, 1) with { CoreSeconds = null }, MadePlans.Source(1, 1, 1) with { CoreSeconds = null }];

        var forecast = PlanForecaster.Forecast(MadePlans.Design(20, 2), sources, new PlanCosts(1, null, false, new PriceTable("EUR") { CoreHour = 1, GpuHour = 1 }));

        Assert.Null(forecast.CoreHours);
        Assert.Null(forecast.WallHours);
        Assert.Null(forecast.CostOnce);
        Assert.Null(forecast.CostMonth);
    }

    [Fact]
    public void Nothing_met_is_bounded_and_not_none()
    {
        var forecast = PlanForecaster.Forecast(MadePlans.Design(20, 10), [.. Enumerable.Range(0, 10).Select(place => MadePlans.Source(place, clips: 2 + (place % 2), retained: 1))], NoPrices);

        // 3 of 20 sources may be missed by ten (see ZeroBoundTests), of 50 clips.
        Assert.Equal(new Estimate(0, 0, 50 * 3 / 20.0, EstimateMethod.ZeroBound), forecast.BySplit["singing"]);
        Assert.Equal(new Estimate(0, 0, 3, EstimateMethod.ZeroBound), forecast.Quarantined);

        // All gave one retained clip: so may 17 of 20, and of those that none of them is like, none or all.
        Assert.Equal(EstimateMethod.ZeroBound, forecast.Retained.Method);
        Assert.Equal((17.0, 20.0, 24.5), (Math.Round(forecast.Retained.Low!.Value, 9), forecast.Retained.Value, Math.Round(forecast.Retained.High!.Value, 9)));
    }

    [Fact]
    public void Sample_without_any_clip_bounds_nothing_by_nothing()
    {
        var forecast = PlanForecaster.Forecast(MadePlans.Design(20, 2), [MadePlans.Source(0, 0, 0), MadePlans.Source(1, 0, 0)], NoPrices);

        Assert.Equal(new Estimate(0, 0, null, EstimateMethod.ZeroBound), forecast.Clips);
        Assert.Equal(new Estimate(0, 0, null, EstimateMethod.ZeroBound), forecast.BySplit["sound"]);
        Assert.Null(forecast.RetainedShare);
    }

    [Fact]
    public void Sources_that_the_listing_found_broken_are_quarantined_for_certain()
    {
        var design = MadePlans.Design(2, 2) with { Unreadable = 5 };

        var forecast = PlanForecaster.Forecast(design, [MadePlans.Source(0, 1, 1), MadePlans.Source(1, 0, 0) with { Failure = new SourceFailure("probe", "broken", false) }], NoPrices);

        Assert.Equal((7, Estimate.Exact(6)), (forecast.Sources, forecast.Quarantined));
    }

    [Fact]
    public void Strata_are_forecast_each_by_its_own_sources()
    {
        var design = MadePlans.Design(10, 2) with { Strata = [MadePlans.Stratum("a", 10, 2), MadePlans.Stratum("b", 4, 2)] };

        var forecast = PlanForecaster.Forecast(design, [MadePlans.Source(0, 3, 1), MadePlans.Source(1, 5, 1), MadePlans.Source(2, 1, 0) with { Stratum = 1 }, MadePlans.Source(3, 1, 0) with { Stratum = 1 }], NoPrices);

        Assert.Equal([("a", 40.0, 10.0), ("b", 4.0, 0.0)], forecast.Strata.Select(stratum => (stratum.Name, stratum.Clips, stratum.Retained)));
        Assert.Equal(44, forecast.Clips.Value);
    }
}
