using System.Security.Cryptography;
using System.Text;

namespace Curation.Clips.Tests;

public sealed class ClipIdTests
{
    private static readonly string Source = new('a', 64);
    private static readonly ClipSpan Span = new(TimeSpan.FromTicks(10), TimeSpan.FromTicks(20));

    [Fact]
    public void Id_is_the_first_half_of_the_sha256_of_content_span_and_version()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Source}|10|20|1")))[..32];

        Assert.Equal(expected, ClipId.From(Source, Span, "1").Value);
    }

    [Fact]
    public void Id_changes_with_each_of_its_three_parts()
    {
        ClipId[] ids =
        [
            ClipId.From(Source, Span, "1"),
            ClipId.From(new string('b', 64), Span, "1"),
            ClipId.From(Source, Span with { End = TimeSpan.FromTicks(21) }, "1"),
            ClipId.From(Source, Span, "2"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Span_is_half_open()
    {
        Assert.True(Span.Contains(Span.Start));
        Assert.False(Span.Contains(Span.End));
        Assert.Equal(TimeSpan.FromTicks(10), Span.Duration);
    }
}
