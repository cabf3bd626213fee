using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Pipeline.Calibration;
using Curation.Pipeline.Labelling;

namespace Curation.Pipeline.Tests.Labelling;

public sealed class LabelCsvTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Labels_are_written_as_calibrate_reads_them()
    {
        var text = LabelCsv.Write([new ClipLabel(new ClipId("aa"), true, Noon, "ann"), new ClipLabel(new ClipId("bb"), false, null, null)]);

        Assert.Equal("clip_id,keep,labelled_utc,labelled_by\naa,keep,2026-05-01T12:00:00Z,ann\nbb,drop,,\n", text);
        var read = LabelFile.Parse(new StringReader(text), "labels.csv", new HashSet<string> { "aa", "bb" });
        Assert.Equal([("aa", true), ("bb", false)], read.Keep.Select(label => (label.Key, label.Value)).Order());
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("line\nbreak")]
    [InlineData("\"quoted\"")]
    [InlineData("日本語")]
    public void Labels_come_back_as_they_were_written(string by)
    {
        var label = new ClipLabel(new ClipId("aa"), true, Noon, by);

        Assert.Equal([label], LabelCsv.Read(LabelCsv.Write([label]), "labels.csv"));
    }

    [Fact]
    public void Name_that_is_a_formula_is_written_as_none()
    {
        Assert.Contains("'=1+1", LabelCsv.Write([new ClipLabel(new ClipId("aa"), true, Noon, "=1+1")]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_clip_that_is_labelled_twice_the_last_label_counts()
    {
        var labels = LabelCsv.Read("clip_id,keep\naa,keep\nbb,1\naa,drop\n", "labels.csv");

        Assert.Equal([("bb", true), ("aa", false)], labels.Select(label => (label.Id.Value, label.Keep)));
    }

    [Theory]
    [InlineData("clip_id,keep,colour\naa,keep,red\n", "labels.csv:1: the column 'colour'")]
    [InlineData("clip_id\naa\n", "labels.csv:1: the columns clip_id and keep")]
    [InlineData("clip_id,keep\naa,perhaps\n", "labels.csv:2: is not a clip with one of")]
    [InlineData("clip_id,keep\n,keep\n", "labels.csv:2: is not a clip with one of")]
    public void File_that_would_lose_something_is_refused(string text, string message)
    {
        Assert.StartsWith(message, Assert.Throws<DatasetException>(() => LabelCsv.Read(text, "labels.csv")).Message, StringComparison.Ordinal);
    }
}
