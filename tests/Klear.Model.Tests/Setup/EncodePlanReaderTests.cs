using Klear.Model.Data;
using Klear.Model.Setup;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Setup;

public sealed class EncodePlanReaderTests
{
    private const string Rest = "\nname: n\nmodel: nano\nstages: [{ name: s, steps: 1, tasks: { t2v: 1 } }]\n";

    [Fact]
    public void Section_says_rate_sizes_lengths_and_codecs()
    {
        var plan = PlanFile.Parse("encode: { pictures_per_second: 16, sizes: [64x48, 32x32], seconds: [1, 2.5], video: { wan: w.pth }, audio: { mmaudio: m.pth, bigvgan: b.pt }, text: { tokens: 9, buckets: 100 } }" + Rest, "p").Encode;

        Assert.Equal(16, plan.Clips.PicturesPerSecond);
        Assert.Equal([new PictureSize(64, 48), new PictureSize(32, 32)], plan.Clips.Sizes);
        Assert.Equal([1, 2.5], plan.Clips.Seconds);
        Assert.Equal(("w.pth", "m.pth", "b.pt"), (plan.Video.Wan, plan.Audio.MmAudio, plan.Audio.BigVgan));
        Assert.Equal((9, 100), (plan.Text.Tokens, plan.Text.Buckets));
    }

    [Theory]
    [InlineData("encode: { sizes: [64] }", "64x64")]
    [InlineData("encode: { sizes: [] }", "list")]
    [InlineData("encode: { seconds: [0] }", "seconds")]
    [InlineData("encode: { audio: { mmaudio: m.pth } }", "both or neither")]
    [InlineData("encode: { video: { wann: m.pth } }", "wann")]
    [InlineData("encode: { text: { speech: byte } }", "bytes")]
    [InlineData("encode: { text: { speech: bytes, speech_bytes: 0 } }", "from 1 to 8192")]
    [InlineData("encode: { text: { speech_byte: 9 } }", "speech_bytes")]
    public void What_is_wrong_is_said(string section, string named)
    {
        var error = Assert.Throws<PlanException>(() => PlanFile.Parse(section + Rest, "p"));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Speech_goes_with_the_caption_unless_the_plan_says_otherwise()
    {
        var (joint, bytes) = (PlanFile.Parse("rope: scaled" + Rest, "p"), PlanFile.Parse("rope: scaled\nencode: { text: { speech: bytes } }" + Rest, "p"));

        Assert.Equal((SpeechPath.Joint, (int?)null), (joint.Encode.Text.Speech, joint.Encode.Text.SpeechBytesApart));
        Assert.Equal((SpeechPath.Bytes, (int?)512), (bytes.Encode.Text.Speech, bytes.Encode.Text.SpeechBytesApart));
        Assert.NotEqual(CanonicalPlan.Sha256(joint), CanonicalPlan.Sha256(bytes));
        Assert.Equal(CanonicalPlan.Sha256(bytes), CanonicalPlan.Sha256(PlanFile.Parse(CanonicalPlan.Json(bytes), "p")));
    }

    [Theory]
    [InlineData("{ speech: bytes, speech_bytes: 100 }", 100)]
    [InlineData("{ speech: joint, speech_bytes: 100 }", null)]
    public void Bytes_count_where_they_are_read(string text, int? bytes)
    {
        var plan = PlanFile.Parse($"encode: {{ text: {text} }}" + Rest, "p");

        Assert.Equal(bytes, plan.Encode.Text.SpeechBytesApart);
        Assert.Equal(bytes, PlanFile.Parse(CanonicalPlan.Json(plan), "p").Encode.Text.SpeechBytesApart);
    }

    [Fact]
    public void Canonical_text_is_read_back_as_the_same_plan()
    {
        var plan = PlanFile.Parse("encode: { sizes: [64x48], seconds: [1], video: { wan: w.pth } }" + Rest, "p");

        var again = PlanFile.Parse(CanonicalPlan.Json(plan), "p");

        Assert.Equal(CanonicalPlan.Json(plan), CanonicalPlan.Json(again));
        Assert.Equal("w.pth", again.Encode.Video.Wan);
    }
}
