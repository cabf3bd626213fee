using System.Globalization;
using System.Text;
using Curation.Dataset.Storage.Blobs;
using Curation.Tests;

namespace Curation.Dataset.Tests.Storage.Blobs;

[Collection(nameof(MeasuresMemory))]
public sealed class BlobListingTests
{
    private const int PageSize = 5000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Million_blobs_are_listed_in_pages_and_none_is_kept()
    {
        const int Count = 1_000_000;
        await using var service = new FaultProxy(null, request => Fault.Answer(200, Page(request.Target, Count), ("Content-Type", "application/xml")));
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = "a2V5", ServiceUrl = $"http://127.0.0.1:{service.Port}" } };
        var source = new BlobObjectSource(new BlobAccounts(new BlobOptions { Accounts = own }, _ => null));

        var (seen, start, most) = (0, 0L, 0L);
        await foreach (var entry in source.ListAsync("azblob://account1/videos/v", Cancel))
        {
            if (entry.Uri != Name(seen) || entry.SizeBytes != 1000 + seen || entry.ETag != "0x8DCBFF45D8A29A19") Assert.Fail($"entry {seen} is {entry}");

            seen++;
            if (seen == 10 * PageSize) start = GC.GetTotalMemory(forceFullCollection: true);
            if (seen % (20 * PageSize) == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.Equal(Count, seen);
        Assert.Equal(Count / PageSize, service.Requests.Count);

        // A million entries kept would be hundreds of megabytes; one page is a few.
        Assert.InRange(most - start, long.MinValue, 32L * 1024 * 1024);
    }

    [Fact]
    public async Task Only_as_many_pages_are_fetched_as_are_looked_at()
    {
        await using var service = new FaultProxy(null, request => Fault.Answer(200, Page(request.Target, 100 * PageSize), ("Content-Type", "application/xml")));
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = "a2V5", ServiceUrl = $"http://127.0.0.1:{service.Port}" } };
        var source = new BlobObjectSource(new BlobAccounts(new BlobOptions { Accounts = own }, _ => null));

        Assert.Equal(PageSize + 1, (await source.ListAsync("azblob://account1/videos/v", Cancel).Take(PageSize + 1).ToListAsync(Cancel)).Count);
        Assert.Equal(2, service.Requests.Count);
    }

    // Three tries within a millisecond are over before what broke the answer is.
    [Fact]
    public async Task Page_that_broke_off_is_asked_for_again_after_waits_that_grow()
    {
        var waits = new RecordedWaits();
        await using var service = new FaultProxy(null, request => Fault.Answer(200, request.Number <= 3 ? "<?xml version=\"1.0\"?><EnumerationResults><Blo" : Page(request.Target, PageSize), ("Content-Type", "application/xml")));
        var own = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = "a2V5", ServiceUrl = $"http://127.0.0.1:{service.Port}" } };
        var options = new BlobOptions { Accounts = own, Retries = 3, RetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromDays(1) };
        var source = new BlobObjectSource(new BlobAccounts(options, _ => null), waits);

        Assert.Equal(PageSize, await source.ListAsync("azblob://account1/videos/v", Cancel).CountAsync(Cancel));

        Assert.Equal(4, service.Requests.Count);

        // Polly spreads each wait, and its n-th ends where about 2^n of the first would: three hours and more in all.
        Assert.Equal(3, waits.Seen.Count);
        Assert.InRange(waits.Seen.Sum(wait => wait.TotalHours), 2, 8);
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"azblob://account1/videos/v/{index:D9}.mp4");

    // As the service documents the answer of List Blobs; its ETags are not quoted.
    private static string Page(string target, int count)
    {
        Assert.Contains("prefix=v%2F", target, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("maxresults=5000", target, StringComparison.Ordinal);
        var marker = target.Split('&', '?').FirstOrDefault(part => part.StartsWith("marker=", StringComparison.Ordinal))?["marker=".Length..];
        var first = marker is null ? 0 : int.Parse(marker, CultureInfo.InvariantCulture);
        var page = new StringBuilder("""<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://127.0.0.1/account1" ContainerName="videos"><Prefix>v/</Prefix><MaxResults>5000</MaxResults><Blobs>""");
        for (var index = first; index < first + PageSize; index++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<Blob><Name>v/{index:D9}.mp4</Name><Properties><Creation-Time>Mon, 02 Mar 2026 10:00:00 GMT</Creation-Time><Last-Modified>Mon, 02 Mar 2026 10:00:00 GMT</Last-Modified><Etag>0x8DCBFF45D8A29A19</Etag><Content-Length>{1000 + index}</Content-Length><Content-Type>video/mp4</Content-Type><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier></Properties></Blob>");
        }

        var next = first + PageSize < count ? (first + PageSize).ToString(CultureInfo.InvariantCulture) : "";
        return page.Append(CultureInfo.InvariantCulture, $"</Blobs><NextMarker>{next}</NextMarker></EnumerationResults>").ToString();
    }

    /// <summary>Notes waits instead of waiting.</summary>
    private sealed class RecordedWaits : TimeProvider
    {
        public System.Collections.Concurrent.ConcurrentQueue<TimeSpan> Seen { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero) Seen.Enqueue(dueTime);
            return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
        }
    }
}
