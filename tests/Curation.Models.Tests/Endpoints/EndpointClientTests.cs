using Curation.Models.Endpoints;
using static Curation.Models.Tests.Endpoints.EndpointServer;

namespace Curation.Models.Tests.Endpoints;

public sealed class EndpointClientTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_wrong_key_makes_the_slot_absent_at_once(int status)
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(status, $$$"""{"error":{"message":"Incorrect API key provided: {{{EndpointFixture.Secret}}}"}}""")));
        var client = endpoint.Client();

        var first = await EndpointFixture.AskAsync(client);
        var second = await EndpointFixture.AskAsync(client, EndpointFixture.Material("b"));

        Assert.Equal(EndpointFailureKind.Absent, first.Failure!.Kind);
        Assert.Equal($"the key was refused (HTTP {status})", client.UnavailableReason);
        Assert.Equal(client.UnavailableReason, second.Failure!.Reason);
        Assert.Equal(1, endpoint.Server.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task The_key_is_nowhere_to_be_read_even_where_the_service_echoes_it(int status)
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(status, $$$"""{"error":{"message":"bad key {{{EndpointFixture.Secret}}} or {{{EndpointFixture.Secret[..12]}}}..."}}""")));
        var client = endpoint.Client();

        var result = await EndpointFixture.AskAsync(client);

        var everything = $"{result} {result.Failure} {client.UnavailableReason} {client} {endpoint.Options} {endpoint.Log.Text}";
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), everything, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointFixture.Secret[..12], everything, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointFixture.Secret[^8..], everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_holds_the_key_does_not_land()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding, $"A voice reads {EndpointFixture.Secret} aloud."))));

        Assert.Equal("the answer holds the key", (await endpoint.AskAsync()).Failure!.Reason);
        Assert.False(Directory.Exists(endpoint.CacheFolder));
    }

    [Fact]
    public async Task A_key_that_is_not_there_makes_the_slot_absent_without_a_request()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(500)));
        endpoint.Options = endpoint.Options with { KeyFile = null, KeyVariable = "CURATION_TEST_KEY_THAT_IS_NOT_SET" };

        var result = await endpoint.AskAsync();

        Assert.Equal("the environment variable that key_env names is not set", result.Failure!.Reason);
        Assert.Equal(0, endpoint.Server.Requests);
    }

    [Fact]
    public async Task A_model_that_the_service_does_not_know_makes_the_slot_absent()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(404, """{"error":{"message":"no such model"}}""")));

        Assert.Equal(EndpointFailureKind.Absent, (await endpoint.AskAsync()).Failure!.Kind);
        Assert.Equal(1, endpoint.Server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var endpoint = new EndpointFixture(await StartAsync((context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/v1/chat/completions";
            return Task.CompletedTask;
        }));

        Assert.Equal(EndpointFailureKind.Absent, (await endpoint.AskAsync()).Failure!.Kind);
        Assert.Equal(1, endpoint.Server.Requests);
    }

    [Fact]
    public async Task A_service_that_is_down_for_the_whole_run_opens_the_circuit_and_is_left_alone()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(503)));
        endpoint.Options = endpoint.Options with { BreakAfter = 4, Retries = 0 };
        var client = endpoint.Client();

        for (var clip = 0; clip < 20; clip++)
        {
            Assert.Equal(EndpointFailureKind.Unreachable, (await EndpointFixture.AskAsync(client, EndpointFixture.Material($"{clip:00}"))).Failure!.Kind);
        }

        Assert.Equal(4, endpoint.Server.Requests);
        Assert.Contains("HTTP 503", client.UnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_comes_back_is_used_again_after_the_break()
    {
        var clock = new HandClock();
        await using var endpoint = new EndpointFixture(await StartAsync(Status(503), Status(503), Says(binding => EndpointFixture.Caption(binding))));
        endpoint.Time = clock;
        endpoint.Options = endpoint.Options with { BreakAfter = 2, Retries = 0, BreakDuration = TimeSpan.FromSeconds(60) };
        var client = endpoint.Client();
        await EndpointFixture.AskAsync(client);
        await EndpointFixture.AskAsync(client);
        Assert.NotNull(client.UnavailableReason);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull((await EndpointFixture.AskAsync(client)).Failure);
        Assert.Equal(2, endpoint.Server.Requests);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await EndpointFixture.AskAsync(client)).Value);
        Assert.Null(client.UnavailableReason);
    }

    [Fact]
    public async Task The_budget_of_requests_counts_retries_and_then_nothing_is_asked()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(500), Says(binding => EndpointFixture.Caption(binding))));
        endpoint.Options = endpoint.Options with { MaxRequests = 3 };
        var client = endpoint.Client();

        Assert.NotNull((await EndpointFixture.AskAsync(client, EndpointFixture.Material("a"))).Value);
        Assert.NotNull((await EndpointFixture.AskAsync(client, EndpointFixture.Material("b"))).Value);
        var third = await EndpointFixture.AskAsync(client, EndpointFixture.Material("c"));

        Assert.Equal("the run's budget of 3 requests is spent", third.Failure!.Reason);
        Assert.Equal(third.Failure.Reason, client.UnavailableReason);
        Assert.Equal(3, endpoint.Server.Requests);
    }

    [Fact]
    public async Task A_budget_that_ends_between_two_attempts_ends_the_question()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Status(500)));
        endpoint.Options = endpoint.Options with { MaxRequests = 2, Retries = 5 };

        Assert.Equal(EndpointFailureKind.Absent, (await endpoint.AskAsync()).Failure!.Kind);
        Assert.Equal(2, endpoint.Server.Requests);
    }

    [Fact]
    public async Task The_budget_of_tokens_is_what_the_service_counted()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding), tokens: 600)));
        endpoint.Options = endpoint.Options with { MaxTokens = 1000 };
        var client = endpoint.Client();

        Assert.NotNull((await EndpointFixture.AskAsync(client, EndpointFixture.Material("a"))).Value);
        Assert.NotNull((await EndpointFixture.AskAsync(client, EndpointFixture.Material("b"))).Value);
        Assert.Equal("the run's budget of 1000 tokens is spent", (await EndpointFixture.AskAsync(client, EndpointFixture.Material("c"))).Failure!.Reason);
        Assert.Equal(1200, client.Budget.Tokens);
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_allowed()
    {
        var inside = 0;
        var most = 0;
        var two = new TaskCompletionSource();
        await using var endpoint = new EndpointFixture(await StartAsync(async (context, body) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now == 2) two.TrySetResult();
            await two.Task.WaitAsync(TimeSpan.FromSeconds(30), context.RequestAborted);
            Interlocked.Decrement(ref inside);
            await Says(binding => EndpointFixture.Caption(binding))(context, body);
        }));
        endpoint.Options = endpoint.Options with { Concurrency = 2, Timeout = TimeSpan.FromSeconds(60) };
        var client = endpoint.Client();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(clip => EndpointFixture.AskAsync(client, EndpointFixture.Material($"{clip}"))));

        Assert.All(results, result => Assert.NotNull(result.Value));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_known_answer_costs_no_request_in_a_later_run()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding))));
        var paid = await endpoint.AskAsync();

        var again = await endpoint.AskAsync();

        Assert.True(again.FromCache);
        Assert.Equal(paid.Value!.Text, again.Value!.Text);
        Assert.Equal(paid.Value.ModelVersion, again.Value.ModelVersion);
        Assert.Equal(1, endpoint.Server.Requests);
    }

    [Fact]
    public async Task A_known_answer_is_served_though_the_key_is_wrong_now()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding)), Status(401)));
        await endpoint.AskAsync();
        var client = endpoint.Client();
        Assert.NotNull((await EndpointFixture.AskAsync(client, EndpointFixture.Material("b"))).Failure);

        Assert.True((await EndpointFixture.AskAsync(client)).FromCache);
    }

    [Fact]
    public void Another_service_with_a_model_of_the_same_name_is_another_question()
    {
        var one = AnswerCache.KeyFor("a", new Uri("https://one.example.org/v1"), "m", "p", "1");

        Assert.NotEqual(one, AnswerCache.KeyFor("a", new Uri("https://two.example.org/v1"), "m", "p", "1"));
        Assert.Equal(one, AnswerCache.KeyFor("a", new Uri("https://one.example.org/v1"), "m", "p", "1"));
    }

    [Theory]
    [InlineData("other clip", "b", "model-a")]
    [InlineData("other model", "a", "model-b")]
    public async Task Another_clip_or_model_is_another_question(string _, string clip, string model)
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding))));
        await endpoint.AskAsync();
        endpoint.Options = endpoint.Options with { Model = model };

        Assert.False((await endpoint.AskAsync(EndpointFixture.Material(clip))).FromCache);
        Assert.Equal(2, endpoint.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"key\":")]
    [InlineData("{}")]
    public async Task A_damaged_entry_of_the_cache_is_asked_for_again_and_rewritten(string damage)
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding))));
        await endpoint.AskAsync();
        var file = Assert.Single(Directory.GetFiles(endpoint.CacheFolder, "*", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(file, damage, TestContext.Current.CancellationToken);

        Assert.False((await endpoint.AskAsync()).FromCache);
        Assert.True((await endpoint.AskAsync()).FromCache);
        Assert.Equal(2, endpoint.Server.Requests);
    }

    [Fact]
    public async Task An_entry_that_was_put_in_anothers_place_is_not_believed()
    {
        await using var endpoint = new EndpointFixture(await StartAsync(Says(binding => EndpointFixture.Caption(binding))));
        await endpoint.AskAsync(EndpointFixture.Material("a"));
        var first = Assert.Single(Directory.GetFiles(endpoint.CacheFolder, "*", SearchOption.AllDirectories));
        await endpoint.AskAsync(EndpointFixture.Material("b"));
        var second = Directory.GetFiles(endpoint.CacheFolder, "*", SearchOption.AllDirectories).Single(file => file != first);
        File.Copy(first, second, overwrite: true);

        Assert.False((await endpoint.AskAsync(EndpointFixture.Material("b"))).FromCache);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
        }
    }
}
