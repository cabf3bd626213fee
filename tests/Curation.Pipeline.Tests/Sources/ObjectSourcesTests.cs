using Curation.Dataset.Storage;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class ObjectSourcesTests
{
    private readonly FakeObjects _objects = new();

    [Fact]
    public async Task Address_that_leads_nowhere_is_its_own_sources_fault_and_a_store_that_is_away_nobodys()
    {
        var sources = new ObjectSources([_objects]);
        var item = new SourceItem { Uri = FakeObjects.At("a.mp4") };

        _objects.LookFault = new DatasetException("no such host");
        var failed = await Assert.ThrowsAsync<SourceFailedException>(() => sources.DescribeAsync(item, TestContext.Current.CancellationToken));
        Assert.Equal(("no such host", true), (failed.Failure.Reason, failed.Failure.Retry));

        _objects.LookFault = new DatasetException("the store throttles") { IsTransient = true };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => sources.DescribeAsync(item, TestContext.Current.CancellationToken));
    }
}
