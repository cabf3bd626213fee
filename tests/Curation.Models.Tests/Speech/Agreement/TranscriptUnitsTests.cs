using Curation.Models.Speech.Agreement;

namespace Curation.Models.Tests.Speech.Agreement;

public sealed class TranscriptUnitsTests
{
    [Theory]
    [InlineData("Hello, World!", "hello|world")]
    [InlineData("Don't “stop”…", "dont|stop")]
    [InlineData("a well-known fact", "a|well|known|fact")]
    [InlineData("你好，世界 hello", "你|好|世|界|hello")]
    [InlineData("GPT４ は 3.5 円", "gpt4|は|3.5|円")]
    [InlineData("1,000 and 1000", "1000|and|1000")]
    [InlineData("안녕 하세요", "안녕|하세요")]
    [InlineData("ÉCOLE — ÄRGER", "école|ärger")]
    [InlineData("... - ?", "")]
    public void Units_leave_out_what_is_not_heard(string text, string keys)
    {
        Assert.Equal(keys, string.Join('|', TranscriptUnits.Of(Spoken.Text("m", text, 10)).Select(unit => unit.Key)));
    }

    [Fact]
    public void Text_of_the_units_is_the_text_as_written()
    {
        Assert.Equal("“Don't,” he said: 你好，3.5!", string.Concat(TranscriptUnits.Of(Spoken.Text("m", "“Don't,” he said: 你好，3.5!", 10)).Select(unit => unit.Text)).Trim());
    }

    [Fact]
    public void Words_without_times_share_their_segment_by_length()
    {
        var units = TranscriptUnits.Of(Spoken.Text("m", "aa bbbbbb", 8));

        Assert.Equal([(0, 2), (2, 8)], units.Select(unit => (unit.Start, unit.End)));
    }

    [Fact]
    public void Characters_of_one_word_share_its_time()
    {
        var units = TranscriptUnits.Of(Spoken.Words("m", "你好", step: 1));

        Assert.Equal([(0, 0.5), (0.5, 1)], units.Select(unit => (unit.Start, unit.End)));
    }
}
