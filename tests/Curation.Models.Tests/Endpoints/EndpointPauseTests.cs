using Curation.Models.Endpoints;

namespace Curation.Models.Tests.Endpoints;

public sealed class EndpointPauseTests
{
    // Every clip asked once more, and every time the service said the same.
    [Fact]
    public async Task A_service_that_asks_for_more_time_than_a_request_waits_is_not_asked_about_the_next_clip()
    {
        await using var fixture = new EndpointFixture(await EndpointServer.StartAsync(EndpointServer.Status(429, retryAfter: "3600")));
        var client = fixture.Client();

        var first = await EndpointFixture.AskAsync(client, EndpointFixture.Material("a"));
        var second = await EndpointFixture.AskAsync(client, EndpointFixture.Material("b"));

        Assert.Equal(1, fixture.Server.Requests);
        Assert.Equal((EndpointFailureKind.Unreachable, EndpointFailureKind.Unreachable), (first.Failure!.Kind, second.Failure!.Kind));
        Assert.Contains("429", first.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("asked to be left alone until", second.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("asked to be left alone until", client.UnavailableReason, StringComparison.Ordinal);
        Assert.Equal(1, client.Budget.Requests);
    }

    [Fact]
    public async Task A_service_that_asks_for_as_much_time_as_a_request_waits_is_asked_again()
    {
        await using var fixture = new EndpointFixture(await EndpointServer.StartAsync(EndpointServer.Status(503, retryAfter: "0"), EndpointServer.Says(binding => EndpointFixture.Caption(binding))));
        var client = fixture.Client();

        Assert.NotNull((await EndpointFixture.AskAsync(client)).Value);
        Assert.Null(client.UnavailableReason);
    }

    [Fact]
    public void Pause_ends_when_its_time_is_over_and_a_shorter_one_does_not_shorten_it()
    {
        var time = new Clock();
        var pause = new EndpointPause(TimeSpan.FromSeconds(60), time);

        pause.Look(Busy(TimeSpan.FromSeconds(60)));
        Assert.Null(pause.Reason);

        pause.Look(Busy(TimeSpan.FromSeconds(600)));
        pause.Look(Busy(TimeSpan.FromSeconds(120)));
        Assert.Contains("2026-01-02 03:14:05 UTC", pause.Reason, StringComparison.Ordinal);

        time.Now += TimeSpan.FromSeconds(599);
        Assert.NotNull(pause.Reason);
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Null(pause.Reason);
    }

    private static HttpResponseMessage Busy(TimeSpan wait)
    {
        var response = new HttpResponseMessage(System.Net.HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = new(wait);
        return response;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
