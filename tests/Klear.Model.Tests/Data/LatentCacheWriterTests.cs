using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class LatentCacheWriterTests
{
    private const int NoSpaceLeft = 28;

    [Fact]
    public void Full_disk_says_that_what_is_encoded_is_kept()
    {
        var error = LatentCacheWriter.Explain(new IOException("No space left on device", NoSpaceLeft), "/some/cache");

        Assert.Equal("There is no room left for the cache '/some/cache'. What is encoded is kept: free some space and run again.", error.Message);
    }

    [Fact]
    public void Other_failures_are_told_as_the_system_says_them()
    {
        Assert.Contains("denied", LatentCacheWriter.Explain(new UnauthorizedAccessException("denied"), "/some/cache").Message, StringComparison.Ordinal);
    }
}
