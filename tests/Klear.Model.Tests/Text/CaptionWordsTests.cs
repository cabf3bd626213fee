using Klear.Model.Text;

namespace Klear.Model.Tests.Text;

public sealed class CaptionWordsTests
{
    [Theory]
    [InlineData("A dog BARKS, twice.", "a dog barks twice")]
    [InlineData("Don't stop 'til the rock’n’roll ends'", "don't stop til the rock'n'roll ends")]
    [InlineData("take2 at 60fps in 1999", "take 2 at 60 fps in 1999")]
    [InlineData("猫が鳴く ねこ", "猫 が 鳴 く ね こ")]
    [InlineData("개가 짖는다", "개가 짖는다")]
    [InlineData("ÉCOLE Straße ΣΊΣΥΦΟΣ", "école straße σίσυφοσ")]
    [InlineData("٣ cats", "3 cats")]
    [InlineData("la ♪ la 🐶!", "la ♪ la 🐶")]
    [InlineData("e\u0301te \u0301", "e\u0301te")]
    [InlineData(" \t\n.,;—", "")]
    [InlineData("", "")]
    public void Caption_splits_into_its_words(string caption, string words) => Assert.Equal(words, string.Join(' ', CaptionWords.Split(caption)));

    [Fact]
    public void Endless_word_is_cut()
    {
        var words = CaptionWords.Split(new string('a', 70)).ToList();

        Assert.Equal([32, 32, 6], words.Select(word => word.Length));
    }

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm() => Assert.Equal(["a", "\uFFFD", "b"], CaptionWords.Split("a\uD83Db"));
}
