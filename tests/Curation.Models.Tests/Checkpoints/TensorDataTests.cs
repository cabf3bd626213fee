using Curation.Models.Checkpoints;

namespace Curation.Models.Tests.Checkpoints;

public sealed class TensorDataTests
{
    [Fact]
    public void BFloat16_is_the_upper_half_of_a_single()
    {
        var tensor = new TensorData(new TensorInfo(ElementType.BF16, [2]), new byte[] { 0x80, 0x3F, 0x00, 0xC0 });

        Assert.Equal([1f, -2f], tensor.ToFloats());
    }

    [Fact]
    public void A_scalar_has_one_element()
    {
        Assert.Equal(1, new TensorInfo(ElementType.F32, []).Count);
    }
}
