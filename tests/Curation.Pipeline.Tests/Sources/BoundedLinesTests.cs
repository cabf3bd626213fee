using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Sources;

public sealed class BoundedLinesTests
{
    [Theory]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\r\n\nb\n", new[] { "a", "", "b" })]
    [InlineData("", new string[0])]
    public async Task Lines_end_with_any_line_break(string text, string[] lines)
    {
        Assert.Equal(lines, await LinesAsync(text));
    }

    [Fact]
    public async Task Line_across_reads_is_whole()
    {
        var line = new string('x', 20_000);

        Assert.Equal([line, "y"], await LinesAsync($"{line}\ny\n"));
    }

    [Fact]
    public async Task Line_at_the_limit_is_read_and_one_beyond_is_null()
    {
        var longest = new string('x', BoundedLines.MaxLength);

        Assert.Equal([longest, null, "y"], await LinesAsync($"{longest}\n{longest}x\ny"));
    }

    private static async Task<List<string?>> LinesAsync(string text)
    {
        var lines = new List<string?>();
        await foreach (var (_, line) in BoundedLines.ReadAsync(new StringReader(text), TestContext.Current.CancellationToken)) lines.Add(line);
        return lines;
    }
}
