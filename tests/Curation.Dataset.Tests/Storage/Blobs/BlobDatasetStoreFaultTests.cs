using System.Collections.Concurrent;
using System.Diagnostics;
using Curation.Dataset.Storage;
using Curation.Tests;

namespace Curation.Dataset.Tests.Storage.Blobs;

/// <summary>What the store does when the network or the service fails in between.</summary>
public sealed class BlobDatasetStoreFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Small_read_whose_body_breaks_off_goes_on_where_it_stopped()
    {
        var place = await BlobPlace.MakeAsync();
        var content = SeededBytes.Of(300_000);
        await place.Store().PutAsync("x", content, Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request is { Method: "GET", RangeStart: < 250_000 } ? Fault.Break(100_000) : null);

        var read = await place.Store(port: proxy.Port).ReadAsync("x", Cancel);

        AssertSame(content, read);
        Assert.Equal([0, 100_000, 200_000], proxy.Requests.Select(request => request.RangeStart));
        Assert.All(proxy.Requests.Skip(1), request => Assert.True(request.Headers.ContainsKey("if-match")));
    }

    [Fact]
    public async Task Stream_through_breaks_errors_and_stalls_is_exact()
    {
        var place = await BlobPlace.MakeAsync();
        var content = SeededBytes.Of(9_000_000);
        await place.Store().PutAsync("x", content, Cancel);

        // Every second request fails, each time in another way.
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => (request.Number % 10) switch
        {
            2 => Fault.Break(1_000_000),
            4 => Fault.Answer(500),
            6 => Fault.Refuse,
            8 => Fault.Break(0),
            0 => Fault.Stall(500_000, TimeSpan.FromSeconds(5)),
            _ => null,
        });
        await using var stream = (await place.Store(port: proxy.Port, options: BlobPlace.Options with { NetworkTimeout = TimeSpan.FromSeconds(1) }).OpenReadAsync("x", Cancel))!;
        var copy = new byte[content.Length];

        for (var round = 0; round < 3; round++)
        {
            stream.Position = 0;
            Array.Clear(copy);
            await stream.ReadExactlyAsync(copy.AsMemory(0, 3_000_000), Cancel);
            for (var offset = 3_000_000; offset < copy.Length; offset += 500_000) await stream.ReadExactlyAsync(copy.AsMemory(offset, 500_000), Cancel);
            Assert.True(content.AsSpan().SequenceEqual(copy));
        }
    }

    [Fact]
    public async Task Blob_that_changes_between_ranges_is_an_error_and_never_a_mix()
    {
        var place = await BlobPlace.MakeAsync();
        var store = place.Store();
        await store.PutAsync("x", SeededBytes.Of(9_000_000, seed: 1), Cancel);
        await using var stream = (await store.OpenReadAsync("x", Cancel))!;
        await stream.ReadExactlyAsync(new byte[1000], Cancel);
        await store.PutAsync("x", SeededBytes.Of(9_000_000, seed: 2), Cancel);

        stream.Position = 8_000_000;
        var error = await Assert.ThrowsAsync<DatasetException>(async () => await stream.ReadExactlyAsync(new byte[1000], Cancel));

        Assert.Contains("was changed or deleted while it was read", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Blob_that_changes_while_a_body_is_broken_off_is_an_error_and_never_a_mix()
    {
        var place = await BlobPlace.MakeAsync();
        var store = place.Store();
        await store.PutAsync("x", SeededBytes.Of(300_000, seed: 1), Cancel);
        var changes = new ConcurrentQueue<Task>();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request =>
        {
            if (request.Number == 1) return Fault.Break(100_000);
            if (request.Number == 2) changes.Enqueue(store.PutAsync("x", SeededBytes.Of(300_000, seed: 2), Cancel).AsTask());

            // Refused until the change has come through.
            return changes.All(change => change.IsCompleted) && request.Number > 2 ? null : Fault.Answer(500);
        });

        var error = await Assert.ThrowsAsync<DatasetException>(async () => await place.Store(port: proxy.Port, options: BlobPlace.Options with { Retries = 20 }).ReadAsync("x", Cancel));

        Assert.Contains("was changed or deleted while it was read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_that_ignores_ranges_is_an_error_and_never_other_bytes()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Store().PutAsync("x", SeededBytes.Of(9_000_000), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Method == "GET" ? Fault.IgnoreRange() : null);
        await using var stream = (await place.Store(port: proxy.Port).OpenReadAsync("x", Cancel))!;

        stream.Position = 8_000_000;
        await Assert.ThrowsAsync<DatasetException>(async () => await stream.ReadExactlyAsync(new byte[1000], Cancel));
    }

    [Fact]
    public async Task Answer_without_a_length_is_never_taken_for_an_empty_blob()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Store().PutAsync("x", SeededBytes.Of(1000), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, _ => Fault.Endless);

        var error = await Assert.ThrowsAsync<DatasetException>(async () => await place.Store(port: proxy.Port).ReadAsync("x", Cancel));

        Assert.Contains("no length", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_through_breaks_and_errors_is_exact()
    {
        var place = await BlobPlace.MakeAsync();
        var content = SeededBytes.Of(30_000_000);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => (request.Number % 6) switch
        {
            1 => Fault.LoseAnswer,
            3 => Fault.Answer(503),
            5 => Fault.Refuse,
            _ => null,
        });

        await using (var write = await place.Store(port: proxy.Port).OpenWriteAsync("big", Cancel))
        {
            await write.Stream.WriteAsync(content, Cancel);
            await write.CommitAsync(Cancel);
        }

        AssertSame(content, await place.Store().ReadAsync("big", Cancel));
    }

    [Fact]
    public async Task Upload_whose_writer_dies_leaves_nothing_visible_and_another_can_write()
    {
        var place = await BlobPlace.MakeAsync();

        // Never disposed, as after a kill; two of its blocks have been sent.
        var dead = await place.Store().OpenWriteAsync("clips/a.mp4", Cancel);
        await dead.Stream.WriteAsync(SeededBytes.Of(20_000_000, seed: 1), Cancel);

        Assert.False(await place.Store().ExistsAsync("clips/a.mp4", Cancel));
        Assert.Null(await place.Store().OpenReadAsync("clips/a.mp4", Cancel));
        Assert.Empty(place.Container.GetBlobs(cancellationToken: Cancel));

        var content = SeededBytes.Of(20_000_000, seed: 2);
        await using var write = await place.Store().OpenWriteAsync("clips/a.mp4", Cancel);
        await write.Stream.WriteAsync(content, Cancel);
        await write.CommitAsync(Cancel);
        AssertSame(content, await place.Store().ReadAsync("clips/a.mp4", Cancel));
    }

    [Fact]
    public async Task Of_two_writers_of_one_large_blob_the_second_is_told_or_wins_and_nothing_is_mixed()
    {
        var place = await BlobPlace.MakeAsync();
        byte[][] contents = [SeededBytes.Of(20_000_000, seed: 1), SeededBytes.Of(20_000_000, seed: 2)];
        await using var first = await place.Store().OpenWriteAsync("x", Cancel);
        await using var second = await place.Store().OpenWriteAsync("x", Cancel);
        await first.Stream.WriteAsync(contents[0], Cancel);
        await second.Stream.WriteAsync(contents[1], Cancel);
        await first.CommitAsync(Cancel);

        // Committing throws away the blocks of others: Azure says InvalidBlockList then.
        var error = await Record.ExceptionAsync(async () => await second.CommitAsync(Cancel));

        var winner = error is null ? 1 : 0;
        if (error is not null) Assert.True(Assert.IsType<DatasetException>(error).IsTransient);
        AssertSame(contents[winner], await place.Store().ReadAsync("x", Cancel));
    }

    [Fact]
    public async Task Replacer_whose_answer_was_lost_still_knows_that_it_won()
    {
        var place = await BlobPlace.MakeAsync();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Method == "PUT" && request.Number is 1 or 4 ? Fault.LoseAnswer : null);
        var store = place.Store(port: proxy.Port);

        Assert.True(await store.TryReplaceAsync("m", "1"u8.ToArray(), null, Cancel));
        var version = (await place.Store().ReadAsync("m", Cancel))!.ETag;
        Assert.True(await store.TryReplaceAsync("m", "2"u8.ToArray(), version, Cancel));
        Assert.False(await store.TryReplaceAsync("m", "3"u8.ToArray(), version, Cancel));
        Assert.Equal("2"u8.ToArray(), (await place.Store().ReadAsync("m", Cancel))!.Content.ToArray());
    }

    [Fact]
    public async Task Of_two_replacers_on_a_network_that_loses_answers_exactly_one_wins()
    {
        var place = await BlobPlace.MakeAsync();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Number % 3 == 0 ? Fault.LoseAnswer : request.Number % 5 == 0 ? Fault.Answer(500) : null);
        string? version = null;
        for (byte round = 0; round < 10; round++)
        {
            var expected = version;
            var wins = await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () => await place.Store(port: proxy.Port).TryReplaceAsync("m", new[] { round, (byte)writer }, expected, Cancel), Cancel)));

            Assert.Single(wins, won => won);
            var stored = (await place.Store().ReadAsync("m", Cancel))!;
            Assert.Equal([round, (byte)Array.IndexOf(wins, true)], stored.Content.ToArray());
            version = stored.ETag;
        }
    }

    [Fact]
    public async Task Move_whose_answers_are_lost_is_done_once_and_is_no_error()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Store().PutAsync("a", "1"u8.ToArray(), Cancel);
        var last = "";
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request =>
        {
            // The first of each kind.
            if (request.Method is not ("PUT" or "DELETE") || request.Method == last) return null;
            last = request.Method;
            return Fault.LoseAnswer;
        });

        await place.Store(port: proxy.Port).MoveAsync("a", "b", Cancel);

        Assert.False(await place.Store().ExistsAsync("a", Cancel));
        Assert.True(await place.Store().ExistsAsync("b", Cancel));
        Assert.Equal(2, proxy.Requests.Count(request => request.Method == "DELETE"));
    }

    [Fact]
    public async Task Throttled_request_waits_as_long_as_the_service_asks()
    {
        var place = await BlobPlace.MakeAsync();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Number == 1 ? Fault.Answer(429, "", ("Retry-After", "1")) : null);
        var watch = Stopwatch.StartNew();

        await place.Store(port: proxy.Port).PutAsync("x", "1"u8.ToArray(), Cancel);

        // The store's own waits are 0.02 s.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(30));
        Assert.Equal(2, proxy.Requests.Count);
    }

    [Fact]
    public async Task Service_that_stays_down_is_a_transient_error_after_the_last_try()
    {
        var place = await BlobPlace.MakeAsync();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, _ => Fault.Answer(503, "", ("x-ms-error-code", "ServerBusy")));

        var error = await Assert.ThrowsAsync<DatasetException>(async () => await place.Store(port: proxy.Port).PutAsync("x", "1"u8.ToArray(), Cancel));

        Assert.True(error.IsTransient);
        Assert.Contains("503 ServerBusy", error.Message, StringComparison.Ordinal);
        Assert.Equal(1 + BlobPlace.Options.Retries, proxy.Requests.Count);
    }

    [Fact]
    public async Task Body_that_breaks_off_each_time_at_once_is_a_transient_error()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Store().PutAsync("x", SeededBytes.Of(1000), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, _ => Fault.Break(0));

        var error = await Assert.ThrowsAsync<DatasetException>(async () => await place.Store(port: proxy.Port).ReadAsync("x", Cancel));

        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task Cancelled_call_is_cancelled_and_no_error_of_the_store()
    {
        var place = await BlobPlace.MakeAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, _ =>
        {
            cancel.Cancel();
            return Fault.Answer(503);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await place.Store(port: proxy.Port).PutAsync("x", "1"u8.ToArray(), cancel.Token));
    }

    // Without listing millions of bytes where they differ.
    private static void AssertSame(byte[] expected, StoredObject? actual) => Assert.True(expected.AsSpan().SequenceEqual(actual!.Content.Span));
}
