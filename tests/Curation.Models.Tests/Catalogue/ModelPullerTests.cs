using System.Security.Cryptography;
using Curation.Models.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Models.Tests.Catalogue;

public sealed class ModelPullerTests : IAsyncLifetime
{
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(300_000);
    private readonly ScratchModels _models = new();
    private FileServer _server = null!;

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(_bytes));

    private string Target => Path.Combine(_models.Path, "tried", "weights.bin");

    public async ValueTask InitializeAsync()
    {
        _server = await FileServer.StartAsync();
        _server.Body = _bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _models.Dispose();
    }

    [Fact]
    public async Task A_file_with_the_right_hash_gets_its_name()
    {
        var file = Assert.Single(await PullAsync(Hash));

        Assert.Equal(_bytes, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(Hash, file.Sha256);
        Assert.Equal(["weights.bin"], Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_with_another_hash_is_deleted_and_told()
    {
        var wrong = new string('0', 64);

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync(wrong));

        Assert.Contains(Hash, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task A_pull_that_broke_off_goes_on_where_it_stopped()
    {
        _server.Troubles.Enqueue(-100_000);

        await PullAsync(Hash);

        Assert.Equal("", _server.Ranges.First());
        AssertWentOn();
        Assert.Equal(_bytes, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_later_pull_goes_on_too()
    {
        _server.Troubles.Enqueue(-100_000);
        var broken = await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash, new PullOptions { Retries = 1, RetryDelay = TimeSpan.Zero }, () => _server.Troubles.Enqueue(-1)));

        await PullAsync(Hash);

        Assert.Contains("pull again to go on", broken.Message, StringComparison.Ordinal);
        AssertWentOn();
    }

    [Fact]
    public async Task A_resource_that_changed_meanwhile_starts_anew()
    {
        _server.Troubles.Enqueue(-100_000);
        await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash, new PullOptions { Retries = 1, RetryDelay = TimeSpan.Zero }, () => _server.Troubles.Enqueue(-1)));
        RandomNumberGenerator.Fill(_bytes);
        _server.Tag = "\"two\"";

        await PullAsync(Hash);

        Assert.Equal(_bytes, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _server.Troubles.Enqueue(503);
        _server.Troubles.Enqueue(429);

        await PullAsync(Hash);

        Assert.Equal(3, _server.Ranges.Count);
    }

    // Two layers that each tried again asked a server that is down 36 times where 6 were meant.
    [Fact]
    public async Task A_server_that_stays_busy_is_asked_once_and_so_often_again()
    {
        for (var i = 0; i < 20; i++) _server.Troubles.Enqueue(503);

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash, new PullOptions { Retries = 3, RetryDelay = TimeSpan.FromMilliseconds(1) }));

        Assert.Contains("503", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(4, _server.Ranges.Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_a_pull_waits_is_not_asked_again()
    {
        _server.Troubles.Enqueue(429);
        _server.RetryAfter = "3600";

        var refusal = await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash));

        Assert.Contains("3600 s", refusal.Message, StringComparison.Ordinal);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public async Task A_server_elsewhere_cannot_send_a_pull_to_this_machine()
    {
        using var elsewhere = new Elsewhere(_server.Address);
        var puller = new ModelPuller(elsewhere, new PullOptions(), TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<PullException>(() => puller.PullAsync(ScratchModels.SlotOf(new Uri("https://models.example.org/weights.bin"), Hash), _models.Folder, null, TestContext.Current.CancellationToken));

        Assert.Contains("on this machine", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Ranges);
    }

    [Fact]
    public async Task A_server_on_this_machine_may_send_a_pull_elsewhere_on_it()
    {
        _server.MovedOnce = new Uri(_server.Address, "/other.bin");

        await PullAsync(Hash);

        Assert.Equal(2, _server.Ranges.Count);
    }

    [Fact]
    public async Task A_resource_that_is_not_there_is_not_asked_for_again()
    {
        _server.Troubles.Enqueue(404);

        Assert.Contains("404", (await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash))).Message, StringComparison.Ordinal);
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public async Task An_optional_file_may_be_missing()
    {
        _server.Troubles.Enqueue(404);

        Assert.Null(Assert.Single(await Puller(null).PullAsync(ScratchModels.SlotOf(_server.Address, null, optional: true), _models.Folder, null, TestContext.Current.CancellationToken)).Path);
    }

    [Fact]
    public async Task A_hash_that_nobody_knew_is_pinned_and_holds_from_then_on()
    {
        await PullAsync(null);
        Assert.Equal(Hash, ModelLock.Load(_models.Path).Find("tried", "weights.bin")!.Sha256);

        _models.Put("tried/weights.bin", [1, 2, 3]);
        _server.Body = [4, 5, 6];
        _server.Tag = "\"two\"";

        await Assert.ThrowsAsync<PullException>(() => PullAsync(null));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_pulled_again()
    {
        _models.Put("tried/weights.bin", _bytes);

        Assert.Equal("was there", Assert.Single(await PullAsync(Hash)).Outcome);
        Assert.Empty(_server.Ranges);
    }

    [Fact]
    public async Task A_file_above_the_bound_is_refused()
    {
        Assert.Contains("larger than 1000 bytes", (await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash, new PullOptions { MaxBytes = 1000 }))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("http://example.org/weights.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task A_redirect_away_from_https_is_not_followed(string elsewhere)
    {
        _server.MovedTo = elsewhere;

        Assert.Contains("only https is", (await Assert.ThrowsAsync<PullException>(() => PullAsync(Hash))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_ends_with_the_whole()
    {
        var seen = new List<PullProgress>();

        await Puller(null).PullAsync(ScratchModels.SlotOf(_server.Address, Hash), _models.Folder, new Heard(seen), TestContext.Current.CancellationToken);

        Assert.Equal(new PullProgress("weights.bin", _bytes.Length, _bytes.Length), seen[^1]);
    }

    [Fact]
    public async Task An_endpoint_has_nothing_to_pull()
    {
        await Assert.ThrowsAsync<PullException>(() => Puller(null).PullAsync(ScratchModels.Catalog.Find("fuse")!, _models.Folder, null, TestContext.Current.CancellationToken));
    }

    // How much of what was sent before the break arrived is up to the network stack.
    private void AssertWentOn() => Assert.InRange(int.Parse(_server.Ranges.Last()["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture), 1, 100_001);

    private static ModelPuller Puller(PullOptions? options) => new ServiceCollection()
        .AddSingleton(options ?? new PullOptions { RetryDelay = TimeSpan.FromMilliseconds(1) })
        .AddCurationModels().BuildServiceProvider().GetRequiredService<ModelPuller>();

    private Task<IReadOnlyList<PulledFile>> PullAsync(string? sha256, PullOptions? options = null, Action? before = null)
    {
        before?.Invoke();
        return Puller(options).PullAsync(ScratchModels.SlotOf(_server.Address, sha256), _models.Folder, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Answers for the rest of the world: everything lies at the given address.</summary>
    private sealed class Elsewhere(Uri target) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Found) { Headers = { Location = target } });
    }

    private sealed class Heard(List<PullProgress> seen) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => seen.Add(value);
    }
}
