using Curation.Models.Features;

namespace Curation.Models.Tests.Features;

public sealed class KaldiCmvnTests
{
    private const string Good = "<Nnet>\n<Splice> 2 2\n[ 0 ]\n<AddShift> 2 2\n<LearnRateCoef> 0 [ -1.5 2e1 ]\n<Rescale> 2 2\n<LearnRateCoef> 0 [ 0.5 0.25 ]\n</Nnet>\n";

    [Fact]
    public void Shift_and_scale_are_read()
    {
        var cmvn = KaldiCmvn.Parse(Good);

        Assert.Equal([-1.5f, 20f], cmvn.Shift);
        Assert.Equal([0.5f, 0.25f], cmvn.Scale);
    }

    [Theory]
    [InlineData("<AddShift>", "<Other>", "<AddShift>")]
    [InlineData("<Rescale>", "<Other>", "<Rescale>")]
    [InlineData("2e1", "abc", "abc")]
    [InlineData("2e1", "NaN", "NaN")]
    [InlineData("0.25 ]", "0.25", "<Rescale>")]
    [InlineData("0.25 ]", "]", "<Rescale>")]
    [InlineData("<AddShift> 2", "<AddShift> 3", "<AddShift>")]
    public void Damage_is_named(string part, string damage, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => KaldiCmvn.Parse(Good.Replace(part, damage, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
}
