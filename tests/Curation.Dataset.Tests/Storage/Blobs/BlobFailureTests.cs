using System.Diagnostics.Tracing;
using System.Net.Sockets;
using System.Text;
using Azure;
using Azure.Core.Diagnostics;
using Azure.Storage.Sas;
using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Curation.Tests;

namespace Curation.Dataset.Tests.Storage.Blobs;

public sealed class BlobFailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Absent_container_is_named_in_every_error()
    {
        var server = await AzuriteServer.SharedAsync();
        var accounts = new BlobAccounts(BlobPlace.Options with { ConnectionString = server.ConnectionString }, _ => null);
        var address = BlobAddress.Parse($"azblob://{AzuriteServer.Account}/no-such-container/set");
        var store = new BlobDatasetStore(address, accounts);
        Func<Task>[] calls =
        [
            async () => await store.ReadAsync("x", Cancel),
            async () => await store.ExistsAsync("x", Cancel),
            async () => await store.OpenReadAsync("x", Cancel),
            async () => await store.PutAsync("x", "1"u8.ToArray(), Cancel),
            async () => await store.TryReplaceAsync("x", "1"u8.ToArray(), null, Cancel),
            async () =>
            {
                await using var write = await store.OpenWriteAsync("x", Cancel);
                await write.CommitAsync(Cancel);
            },
            async () => await store.ListAsync("", Cancel).ToListAsync(Cancel),
            async () => await new BlobObjectSource(accounts).ListAsync(address.ToString(), Cancel).ToListAsync(Cancel),
            async () => await new BlobObjectSource(accounts).FindAsync(address.ToString(), Cancel),
        ];

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<DatasetException>(call);
            Assert.False(error.IsTransient);
            Assert.Contains("the container 'no-such-container' of the account 'curationtest' does not exist", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Absent_container_is_made_where_that_is_configured()
    {
        var server = await AzuriteServer.SharedAsync();
        var accounts = new BlobAccounts(BlobPlace.Options with { ConnectionString = server.ConnectionString, CreateContainers = true }, _ => null);
        var store = new BlobDatasetStore(BlobAddress.Parse($"azblob://{AzuriteServer.Account}/made{Guid.NewGuid():N}/set"), accounts);

        await store.PutAsync("x", "1"u8.ToArray(), Cancel);

        Assert.True(await store.ExistsAsync("x", Cancel));
    }

    [Fact]
    public async Task Host_that_does_not_answer_is_a_transient_error()
    {
        var port = ServerProcess.FreePort();
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = "a2V5", ServiceUrl = $"http://127.0.0.1:{port}" } };
        var store = new BlobDatasetStore(BlobAddress.Parse("azblob://account1/videos"), new BlobAccounts(BlobPlace.Options with { Accounts = own }, _ => null));

        var error = await Assert.ThrowsAsync<DatasetException>(async () => await store.PutAsync("x", "1"u8.ToArray(), Cancel));

        Assert.True(error.IsTransient);
        Assert.Contains("azblob://account1/videos/x was not written", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, false)]
    [InlineData(SocketError.TryAgain, true)]
    public void Name_that_no_host_has_stays_wrong_and_a_name_service_that_is_away_does_not(SocketError said, bool isTransient)
    {
        var error = new AggregateException(new RequestFailedException(0, "retries", "", new HttpRequestException("away", new SocketException((int)said))));

        Assert.Equal(isTransient, BlobFailure.Explain(error, "read", BlobAddress.Parse("azblob://nobody/container/a.mp4")).IsTransient);
    }

    [Fact]
    public async Task Wrong_key_is_a_clear_error_and_no_secret_is_seen_anywhere()
    {
        var place = await BlobPlace.MakeAsync();
        var wrong = Convert.ToBase64String(Encoding.ASCII.GetBytes("a key that this account does not have"));
        var sas = place.Container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1)).Query;
        var signature = Uri.UnescapeDataString(sas.Split('&', '?').Single(part => part.StartsWith("sig=", StringComparison.Ordinal))[4..]);
        string[] secrets = [place.Server.Key, wrong, signature, Uri.EscapeDataString(signature)];
        var seen = new StringBuilder();
        using var listener = new AzureEventSourceListener((_, text) => { lock (seen) seen.AppendLine(text); }, EventLevel.Verbose);

        var refused = await Assert.ThrowsAsync<DatasetException>(async () => await Open(place, new BlobAccountOptions { AccountKey = wrong }).PutAsync("x", "1"u8.ToArray(), Cancel));
        Assert.Contains("the store refused it (403 ", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);

        // With a SAS that is right, all of it works; then one that is not.
        var store = Open(place, new BlobAccountOptions { Sas = sas });
        await store.PutAsync("x", "1"u8.ToArray(), Cancel);
        await store.MoveAsync("x", "y", Cancel);
        Assert.Equal([("y", 1L)], await store.ListAsync("", Cancel).Select(entry => (entry.Path, entry.SizeBytes)).ToListAsync(Cancel));
        var damaged = await Assert.ThrowsAsync<DatasetException>(async () => await Open(place, new BlobAccountOptions { Sas = sas.Replace("sp=", "sp=x", StringComparison.Ordinal) }).ReadAsync("y", Cancel));
        Assert.Contains("refused", damaged.Message, StringComparison.Ordinal);

        await place.Store().PutAsync("z", "1"u8.ToArray(), Cancel);
        var errors = $"{refused}\n{damaged}\n{store.Address}";
        string logs;
        lock (seen) logs = seen.ToString();
        Assert.Contains(place.Container.Name, logs, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, errors, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, logs, StringComparison.Ordinal));
    }

    [Fact]
    public void Answer_of_the_store_is_not_passed_on_whole()
    {
        var error = new RequestFailedException(403, "Server failed to authenticate.\nAuthenticationErrorDetail: signature SECRET", "AuthenticationFailed", null);

        var explained = BlobFailure.Explain(error, "read", BlobAddress.Parse("azblob://account1/videos/a%20b"));

        Assert.DoesNotContain("SECRET", explained.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("azblob://account1/videos/a%20b was not read: the store refused it (403 AuthenticationFailed).", explained.Message, StringComparison.Ordinal);
    }

    private static BlobDatasetStore Open(BlobPlace place, BlobAccountOptions way) =>
        new(place.At("set"), new BlobAccounts(BlobPlace.Options with { Accounts = new Dictionary<string, BlobAccountOptions> { [AzuriteServer.Account] = way with { ServiceUrl = place.Server.ServiceUrl.ToString() } } }, _ => null));
}
