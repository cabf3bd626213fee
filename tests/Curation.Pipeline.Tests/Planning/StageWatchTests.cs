using Curation.Pipeline.Planning;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Tests.Planning;

public sealed class StageWatchTests
{
    [Fact]
    public async Task Spans_of_a_clip_are_found_by_its_name()
    {
        using var watch = new StageWatch(TimeProvider.System);
        var clip = Guid.NewGuid().ToString("N");

        await StageTraces.InSpanAsync(StageTraces.Cut, () => Task.FromResult(0), clip);
        await StageTraces.InSpanAsync(StageTraces.Cut, () => Task.FromResult(0), clip);
        await StageTraces.InSpanAsync(StageTraces.Models, () => Task.FromResult(0), clip);

        // Other tests' spans are seen too: this process has one source of them.
        Assert.Equal(2, watch.OfClips(StageTraces.Cut)[clip].Count());
        Assert.All(watch.OfClips(StageTraces.Cut)[clip], span => Assert.True(span.End >= span.Start));
    }

    [Fact]
    public async Task What_was_forgotten_is_not_found()
    {
        using var watch = new StageWatch(TimeProvider.System);
        var clip = Guid.NewGuid().ToString("N");
        await StageTraces.InSpanAsync(StageTraces.Cut, () => Task.FromResult(0), clip);

        watch.Clear();

        Assert.Empty(watch.OfClips(StageTraces.Cut)[clip]);
    }
}
