using Curation.Models.Speech;
using Curation.Models.Speech.SenseVoice;

namespace Curation.Models.Tests.Speech.SenseVoice;

public sealed class PieceJoinerTests
{
    [Theory]
    [InlineData("▁he|llo|▁wor|ld", " hello| world")]
    [InlineData("▁the|▁|wor|ld", " the| world")]
    [InlineData("▁it|'|s|▁ok|.", " it's| ok.")]
    [InlineData("你|好|，|世|界|。", "你|好，|世|界。")]
    [InlineData("▁我|▁love|你", " 我| love|你")]
    [InlineData("안|녕|▁하|세|요", "안녕| 하세요")]
    [InlineData("テ|ス|ト", "テ|ス|ト")]
    [InlineData("▁3|0|▁%", " 30 %")]
    [InlineData("▁\"|hi|\"", " \"|hi\"")]
    public void Pieces_become_words_as_their_script_writes_them(string pieces, string words)
    {
        var joined = PieceJoiner.Words(pieces.Split('|').Select((piece, index) => new TimedPiece(piece, index, index + 1, 1)));

        Assert.Equal(words.Replace(" 30 %", " 30%", StringComparison.Ordinal).Split('|'), joined.Select(word => word.Text));
    }

    [Fact]
    public void A_word_lasts_from_its_first_to_its_last_piece_with_their_mean_probability()
    {
        var word = Assert.Single(PieceJoiner.Words([new TimedPiece("▁wor", 1.2, 1.26, 0.5), new TimedPiece("ld", 1.5, 1.62, 0.9)]));

        Assert.Equal(1.2, word.Start);
        Assert.Equal(1.62, word.End);
        Assert.Equal(0.7, word.Probability!.Value, 1e-9);
        Assert.Equal(WordTiming.Aligned, word.Timing);
    }
}
