using System.Diagnostics.Metrics;
using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Curation.Dataset.Storage.Blobs;

namespace Curation.Dataset.Tests.Storage.Blobs;

/// <summary>Requests that are sent again are counted. The store is a handler, so that nothing else is on the way.</summary>
public sealed class RetryMetricsTests : IDisposable
{
    private static readonly AsyncLocal<Dictionary<string, long>?> Here = new();

    private readonly MeterListener _listener = new();

    public RetryMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Curation", Name: "curation.store.retries" }) listener.EnableMeasurementEvents(instrument);
        };

        // Other tests retry at the same time: only what is sent from here counts.
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (Here.Value is { } counts) counts[(string)tags[0].Value!] = counts.GetValueOrDefault((string)tags[0].Value!) + count;
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Reads_and_writes_that_are_sent_again_are_counted_by_kind(int failures)
    {
        Here.Value = [];
        using var store = new Store(failures);
        using var transport = new HttpClientTransport(store);
        var options = new BlobClientOptions { Transport = transport, Retry = { Mode = RetryMode.Fixed, Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 } };
        options.AddPolicy(new RetryMetrics(), HttpPipelinePosition.PerRetry);
        var blob = new BlobClient(new Uri("https://account.blob.core.windows.net/container/name"), options);

        await Assert.ThrowsAsync<RequestFailedException>(() => blob.GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(failures, Here.Value.GetValueOrDefault("read"));
        Assert.Equal(0, Here.Value.GetValueOrDefault("write"));

        store.Failures = failures;
        await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(failures, Here.Value.GetValueOrDefault("write"));
    }

    // Busy a few times, then without the blob.
    private sealed class Store(int failures) : HttpMessageHandler
    {
        public int Failures { get; set; } = failures;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(Failures-- > 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NotFound) { Content = new ByteArrayContent([]), RequestMessage = request });
    }
}
