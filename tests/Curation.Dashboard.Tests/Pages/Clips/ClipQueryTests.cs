using Curation.Clips;
using Curation.Dashboard.Pages.Clips;
using Curation.Dataset.Browsing;
using Microsoft.AspNetCore.WebUtilities;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class ClipQueryTests
{
    [Fact]
    public void Empty_address_is_the_first_page_of_all_clips()
    {
        var query = Parse("");

        Assert.Equal((0L, ClipQuery.PageSize, 1L, ""), (query.Search.Offset, query.Search.Limit, query.Page, query.ToText()));
        Assert.Empty(query.Problems);
    }

    [Theory]
    [InlineData("outcome=rejected&split=single_speech&filter=mos&q=a%20dog%20%26%20cat&sort=snr_db&order=desc")]
    [InlineData("by=snr_db&min=1.5&max=&by=mos&min=&max=-3")]
    [InlineData("dataset=abc&source=file%3A%2F%2F%2Fa%2520b.mp4&without=mos&without=aesthetic&sort=random&seed=-4")]
    public void Address_comes_back_as_it_was(string text)
    {
        var query = Parse(text);

        Assert.Empty(query.Problems);
        Assert.Equal(text, query.ToText());
    }

    [Fact]
    public void Ranges_belong_to_the_measurement_in_the_same_place()
    {
        // A form without a script sends its empty rows, too.
        var query = Parse("by=&min=&max=&by=snr_db&min=10&max=20.5&by=mos&min=&max=");

        Assert.Equal([new MeasurementRange("snr_db", 10, 20.5)], query.Search.Ranges);
    }

    [Fact]
    public void Page_is_an_offset() => Assert.Equal(2 * ClipQuery.PageSize, Parse("page=3").Search.Offset);

    [Theory]
    [InlineData("outcome=kept", "outcome=kept is none of retained, held and rejected.")]
    [InlineData("split=noise", "split=noise is none of single_speech, multi_speech, singing, sound.")]
    [InlineData("page=0", "page=0 is not a whole number from 1")]
    [InlineData("page=1e9", "page=1e9 is not a whole number from 1")]
    [InlineData("seed=99999999999", "seed=99999999999 is not a whole number")]
    [InlineData("by=snr_db&min=ten&max=", "min of snr_db is 'ten', which is not a number.")]
    [InlineData("by=snr_db&min=NaN&max=", "min of snr_db is 'NaN', which is not a number.")]
    [InlineData("by=mosquito&min=1&max=2", "'mosquito' is no column")]
    [InlineData("sort=clip_id;DROP", "'clip_id;DROP' is no column")]
    [InlineData("by=snr_db&min=5&max=4", "The range of 'snr_db' is empty")]
    public void What_cannot_be_understood_is_told_and_left_out(string text, string problem)
    {
        var query = Parse(text);

        Assert.StartsWith(problem, Assert.Single(query.Problems), StringComparison.Ordinal);
        Assert.Empty(query.Search.FindProblems());
    }

    [Fact]
    public void Address_with_a_search_has_one_question_mark()
    {
        Assert.Equal("clips/aa", Parse("").At("clips/aa"));
        Assert.Equal("clips?outcome=held&page=2", Parse("outcome=held").At("clips", 2));
    }

    [Theory]
    [InlineData(ClipOutcome.Retained, "retained")]
    [InlineData(ClipOutcome.Held, "held")]
    [InlineData(ClipOutcome.Rejected, "rejected")]
    public void Word_of_an_outcome_reads_back_as_it(ClipOutcome outcome, string word)
    {
        Assert.Equal(word, ClipQuery.WordOf(outcome));
        Assert.Equal(outcome, Parse($"outcome={word}").Search.Outcome);
    }

    private static ClipQuery Parse(string text) => ClipQuery.Parse(QueryHelpers.ParseQuery(text));
}
