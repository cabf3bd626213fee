using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class ProcessorTimeTests
{
    // The fields of man 5 proc; the name holds what would part them. cutime is 150 ticks, cstime 25, a tick 10 ms.
    [Fact]
    public void Children_are_read_behind_a_name_that_holds_anything() =>
        Assert.Equal(1.75, ProcessorTime.ChildSeconds("4242 (a) b (c) S 1 4242 4242 0 -1 4194560 900 800 0 0 70 30 150 25 20 0 9 0 12345 1000 200"));

    [Theory]
    [InlineData("")]
    [InlineData("4242 (name) S 1 2 3")]
    public void Line_that_is_none_is_unmeasured(string stat) => Assert.Null(ProcessorTime.ChildSeconds(stat));

    [Fact]
    public void Work_of_this_process_counts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells what children used");
        var before = ProcessorTime.Seconds()!.Value;

        var sum = 0.0;
        while (ProcessorTime.Seconds() - before < 0.02) sum += Math.Sqrt(sum + 1);

        Assert.True(sum > 0);
    }
}
