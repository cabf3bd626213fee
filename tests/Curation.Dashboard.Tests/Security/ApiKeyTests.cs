using Curation.Dashboard.Security;

namespace Curation.Dashboard.Tests.Security;

public sealed class ApiKeyTests
{
    private const string Text = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Key_matches_itself_and_nothing_else()
    {
        var key = ApiKey.From($"  {Text}\n", out var fault)!;

        Assert.Null(fault);
        Assert.True(key.Matches(Text));
        Assert.False(key.Matches(Text[..^1]));
        Assert.False(key.Matches(Text + "0"));
        Assert.False(key.Matches(""));
        Assert.False(key.Matches(null));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdé€")]
    public void Key_that_is_too_short_or_fits_no_header_is_refused_without_being_quoted(string text)
    {
        Assert.Null(ApiKey.From(text, out var fault));
        Assert.NotNull(fault);
        if (text.Length > 0) Assert.DoesNotContain(text, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_there_is_a_fault()
    {
        Assert.Null(ApiKey.FromFile(Path.Combine(AppContext.BaseDirectory, "absent", "key"), out var fault));
        Assert.StartsWith("cannot be read", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_of_another_key_is_another_one()
    {
        var one = ApiKey.From(Text, out _)!;
        var other = ApiKey.From(Text.Replace('0', '1'), out _)!;

        Assert.Equal(one.Fingerprint, ApiKey.From(Text, out _)!.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
    }
}
