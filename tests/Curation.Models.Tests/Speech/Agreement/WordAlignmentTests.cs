using Curation.Models.Speech.Agreement;

namespace Curation.Models.Tests.Speech.Agreement;

public sealed class WordAlignmentTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3, 7)] // Levenshtein's distance, Wagner and Fischer 1974.
    [InlineData("abc", "abc", 0, 3)]
    [InlineData("abc", "", 3, 3)]
    [InlineData("flaw", "lawn", 2, 4)]
    public void Agreement_is_one_less_the_edits_over_the_longer_text(string left, string right, int edits, int longest)
    {
        Assert.Equal(1 - ((double)edits / longest), WordAlignment.Agreement(Letters(left), Letters(right)), 1e-12);
    }

    [Fact]
    public void Two_empty_texts_agree()
    {
        Assert.Equal(1, WordAlignment.Agreement([], []));
    }

    [Fact]
    public void What_one_side_lacks_stands_against_nothing()
    {
        Assert.Equal([(0, 0), (1, -1), (2, 1)], Align("abc", "ac"));
        Assert.Equal([(0, 0), (-1, 1), (1, 2)], Align("ac", "abc"));
    }

    [Fact]
    public void One_substitution_is_cheaper_than_leaving_out_and_putting_in()
    {
        Assert.Equal([(0, 0), (1, 1), (2, 2)], Align("abc", "axc"));
    }

    private static List<(int Left, int Right)> Align(string left, string right) => WordAlignment.Align(left.Length, right.Length, (i, j) => left[i] == right[j]);

    private static string[] Letters(string text) => [.. text.Select(letter => letter.ToString())];
}
