namespace Curation.Yaml.Tests;

public sealed class NearestNameTests
{
    // The textbook example of Levenshtein's distance is kitten to sitting, 3.
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_counts_edits(string left, string right, int edits)
    {
        Assert.Equal(edits, NearestName.Distance(left, right));
    }

    [Fact]
    public void Suggest_lists_all_names_where_none_is_near()
    {
        Assert.Equal("valid are: hold, pass", NearestName.Suggest("xyzzyxyzzy", ["hold", "pass"]));
    }

    [Fact]
    public void Suggest_among_all_says_the_nearest_first()
    {
        Assert.Equal("did you mean 'seed'? allowed are: name, seed", NearestName.SuggestAmong("sead", ["name", "seed"]));
        Assert.Equal("allowed are: name, seed", NearestName.SuggestAmong("xyzzyxyzzy", ["name", "seed"]));
    }
}
