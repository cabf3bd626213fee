using Klear.Model.Codecs.Wan;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanFormTests
{
    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Statistics_are_upstreams(string name)
    {
        using var parity = new WanParityCase(name);
        var form = name == "wan21-vae" ? WanForm.Wan21 : WanForm.Wan22;

        Assert.Equal(parity.Floats("scale_mean"), form.Mean);
        Assert.Equal(parity.Floats("scale_inv_std"), form.Deviation.Select(deviation => 1 / deviation));
    }
}
