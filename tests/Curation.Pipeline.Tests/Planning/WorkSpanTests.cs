using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class WorkSpanTests
{
    [Fact]
    public void Union_counts_overlap_once_and_gaps_not_at_all()
    {
        // 0..4 and 6..8, however they are covered.
        WorkSpan[] spans = [Span(6, 8), Span(0, 3), Span(1, 2), Span(2, 4), Span(7, 8)];

        Assert.Equal(TimeSpan.FromSeconds(6), WorkSpan.Union(spans));
        Assert.Equal(TimeSpan.Zero, WorkSpan.Union([]));
    }

    private static WorkSpan Span(int start, int end) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));
}
