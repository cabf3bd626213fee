using Curation.Pipeline.Analysis;

namespace Curation.Pipeline.Tests.Analysis;

public sealed class TimelineTests : IDisposable
{
    private readonly string _scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Theory]
    [InlineData(10)]
    [InlineData(500_000)]
    [InlineData(3_000_000)]
    public void Read_gives_back_what_was_appended_in_memory_and_on_disk(int count)
    {
        using var timeline = new Timeline<long>(_scratch);
        for (var i = 0; i < count; i++) timeline.Append(i * 3L);

        Assert.Equal(count, timeline.Count);
        foreach (var start in new[] { 0, count / 3, count - 5 })
        {
            Assert.Equal(Enumerable.Range(start, 5).Select(i => i * 3L), timeline.Read(start, 5));
        }

        Assert.Equal(count - 1, timeline.Read(1, count).Length);
    }

    [Fact]
    public void Read_across_the_border_of_disk_and_memory_has_no_seam()
    {
        using var timeline = new Timeline<int>(_scratch);
        timeline.Append(Enumerable.Range(0, 2_500_000).ToArray());
        timeline.Append(2_500_000);

        Assert.Equal(Enumerable.Range(2_000_000, 500_001), timeline.Read(2_000_000, 600_000));
    }

    [Fact]
    public void Scratch_file_is_gone_from_its_folder_even_while_it_is_in_use()
    {
        using var timeline = new Timeline<int>(_scratch);
        timeline.Append(new int[4_000_000]);

        Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(_scratch).Length == 0);
    }

    [Fact]
    public void Read_outside_the_row_gives_nothing()
    {
        using var timeline = new Timeline<int>(_scratch);
        timeline.Append(1);

        Assert.Empty(timeline.Read(5, 3));
        Assert.Empty(timeline.Read(0, -1));
    }

    public void Dispose()
    {
        if (Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
    }
}
