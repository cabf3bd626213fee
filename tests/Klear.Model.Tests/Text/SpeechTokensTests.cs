using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Text;

public sealed class SpeechTokensTests
{
    // One, two, three and four bytes: 41, C3 A9, E2 82 AC, F0 9F 98 80.
    private const string Mixed = "Aé€😀";

    [Fact]
    public void Tokens_are_the_bytes_and_one()
    {
        using var tokens = SpeechTokens.Encode(Mixed);

        Assert.Equal([0x42, 0xC4, 0xAA, 0xE3, 0x83, 0xAD, 0xF1, 0xA0, 0x99, 0x81], tokens.data<long>().ToArray());
        Assert.Equal(10, SpeechTokens.Count(Mixed));
    }

    [Fact]
    public void No_text_has_no_tokens()
    {
        using var tokens = SpeechTokens.Encode("");

        Assert.Equal([0], tokens.shape);
        Assert.Equal(ScalarType.Int64, tokens.dtype);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "A")]
    [InlineData(2, "A")]
    [InlineData(3, "Aé")]
    [InlineData(5, "Aé")]
    [InlineData(6, "Aé€")]
    [InlineData(9, "Aé€")]
    [InlineData(10, "Aé€😀")]
    [InlineData(11, "Aé€😀")]
    public void Cut_leaves_whole_characters(int bytes, string left)
    {
        Assert.Equal(left, SpeechTokens.Cut(Mixed, bytes));
        Assert.True(SpeechTokens.Count(left) <= bytes);
    }

    [Fact]
    public void Half_a_character_counts_as_what_stands_for_it()
    {
        // A lone surrogate becomes U+FFFD: EF BF BD.
        using var tokens = SpeechTokens.Encode("\ud83d");

        Assert.Equal([0xF0, 0xC0, 0xBE], tokens.data<long>().ToArray());
        Assert.Equal(("", "a\ud83d"), (SpeechTokens.Cut("\ud83db", 2), SpeechTokens.Cut("a\ud83db", 4)));
    }

    [Fact]
    public void Texts_are_stacked_with_padding_behind()
    {
        using var scope = NewDisposeScope();

        var (tokens_bl, lengths_b) = SpeechTokens.Stack(["ab", "", "c"]);

        Assert.Equal([3, 2], tokens_bl.shape);
        Assert.Equal([98, 99, 0, 0, 100, 0], tokens_bl.data<long>().ToArray());
        Assert.Equal([2, 0, 1], lengths_b.data<long>().ToArray());
    }

    [Fact]
    public void Every_token_has_a_row()
    {
        using var tokens = SpeechTokens.Encode(string.Concat(Enumerable.Range(0, 0x800).Select(code => (char)code)) + "\uffff😀");

        Assert.InRange(tokens.min().item<long>(), 1, SpeechTokens.Rows - 1);
        Assert.InRange(tokens.max().item<long>(), 1, SpeechTokens.Rows - 1);
    }
}
