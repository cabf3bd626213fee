using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class LabelFileTests
{
    [Fact]
    public void Every_word_for_keep_and_drop_is_known()
    {
        var labels = Parse("clip_id,keep\na,1\nb,true\nc,Yes\nd,keep\ne,0\nf,FALSE\ng,no\nh,drop\n");

        Assert.Equal("abcd", string.Concat(labels.Keep.Where(label => label.Value).Select(label => label.Key)));
        Assert.Equal("efgh", string.Concat(labels.Keep.Where(label => !label.Value).Select(label => label.Key)));
    }

    [Fact]
    public void Columns_may_stand_in_any_order_beside_others_with_quotes_spaces_and_blank_lines()
    {
        var labels = Parse("\uFEFFkeep,note,clip_id\r\n\"1\",\"good, \"\"very\"\" good\", a \r\n\r\nno,,\"b\"\r\n");

        Assert.True(labels.Keep["a"]);
        Assert.False(labels.Keep["b"]);
    }

    [Fact]
    public void Same_label_twice_counts_once()
    {
        Assert.Single(Parse("clip_id,keep\na,1\na,yes\n").Keep);
    }

    [Fact]
    public void All_faults_come_at_once_with_their_lines()
    {
        Assert.Equal(
            [
                "x.csv:2: the snapshot has no clip 'zebra'",
                "x.csv:3: 'maybe' is not a label; write one of 1, true, yes, keep, 0, false, no, drop",
                "x.csv:5: the clip 'b' is labelled drop here and keep in line 4",
                "x.csv:6: has 1 of the columns; keep is missing",
                "x.csv:8: the snapshot has no clip 'yak'",
            ],
            Faults("clip_id,keep\nzebra,1\na,maybe\nb,1\nb,0\nc\n\nyak,1\n"));
    }

    [Theory]
    [InlineData("", "x.csv:1: the file is empty; its first line must be clip_id,keep")]
    [InlineData("clip_id,keep\n", "x.csv:1: there are no labels below the first line")]
    [InlineData("id;keep\na;1\n", "x.csv:1: there is no column 'clip_id'; the first line must name clip_id and keep, and it names 'id;keep'", "x.csv:1: there is no column 'keep'; the first line must name clip_id and keep, and it names 'id;keep'")]
    [InlineData("clip_id,keep,keep\na,1,1\n", "x.csv:1: the column 'keep' stands there twice")]
    public void Wrong_head_is_told(string text, params string[] faults)
    {
        Assert.Equal(faults, Faults(text));
    }

    [Fact]
    public void Quotation_mark_in_the_middle_is_told_with_its_line()
    {
        Assert.Contains("x.csv:3: a quotation mark", string.Join('\n', Faults("clip_id,keep\na,1\nb\"c,1\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_is_told()
    {
        var error = Assert.Throws<CalibrationException>(() => LabelFile.Load("nowhere/labels.csv", new HashSet<string>()));

        Assert.Equal("nowhere/labels.csv: no such file; give a CSV file with the columns clip_id,keep.", error.Message);
    }

    private static ClipLabels Parse(string text)
    {
        using var reader = new StreamReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
        return LabelFile.Parse(reader, "x.csv", "abcdefgh".Select(letter => letter.ToString()).ToHashSet());
    }

    private static IReadOnlyList<string> Faults(string text) => Assert.Throws<CalibrationException>(() => Parse(text)).Faults;
}
