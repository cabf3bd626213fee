using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

public sealed class TensorTransferTests
{
    [Fact]
    public void Floats_of_a_file_are_the_tensors_elements()
    {
        using var tensor = TensorData.FromFloats([2, 3], [1, 2, 3, 4, 5, 6]).ToTensor();

        Assert.Equal([2, 3], tensor.shape);
        Assert.Equal(6, tensor[1, 2].item<float>());
    }

    [Fact]
    public void Transposed_tensor_is_written_row_by_row()
    {
        using var tensor = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t();

        var data = tensor.ToData();

        Assert.Equal([3, 2], data.Info.Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], data.ToFloats());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, ElementType.BF16)]
    [InlineData(ScalarType.Float16, ElementType.F16)]
    [InlineData(ScalarType.Float64, ElementType.F64)]
    [InlineData(ScalarType.Int64, ElementType.I64)]
    [InlineData(ScalarType.Byte, ElementType.U8)]
    [InlineData(ScalarType.Bool, ElementType.Bool)]
    public void Every_type_comes_back_as_it_was(ScalarType type, ElementType stored)
    {
        using var tensor = torch.tensor(new float[] { 0, 1, 1, 0 }).to_type(type);

        var data = tensor.ToData();
        using var back = data.ToTensor();

        Assert.Equal(stored, data.Info.Type);
        Assert.Equal(type, back.dtype);
        Assert.Equal(1, back.eq(tensor).all().item<bool>() ? 1 : 0);
    }

    [Fact]
    public void Empty_tensor_has_no_bytes()
    {
        using var tensor = zeros(0, 4);

        Assert.Equal(0, tensor.ToData().Bytes.Length);
        Assert.Equal([0, 4], tensor.ToData().ToTensor().shape);
    }
}
