using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class SpeechInputTests
{
    [Fact]
    public void Byte_is_its_row_and_its_place_projected()
    {
        using var scope = NewDisposeScope();
        using var input = new SpeechInput(new KlearConfig { Layers = 1, Hidden = 4, Heads = 1, SpeechWidth = 4 });
        using (no_grad())
        {
            input.get_parameter("project.weight")!.copy_(eye(4) * 2);
            input.get_parameter("project.bias")!.fill_(1);
            input.get_parameter("bytes.weight")![65].fill_(0.5);
        }

        var output = input.call(tensor(new long[] { 65, 0 }, [1, 2]));

        // Wavelengths of 2 pi and 200 pi; padding is a row of zeros.
        double[] expected = [1, 1, 0, 0, Math.Cos(1), Math.Cos(0.01), Math.Sin(1), Math.Sin(0.01)];
        Assert.Equal([1, 2, 4], output.shape);
        var values = output.data<float>().ToArray();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(((expected[i] + (i < 4 ? 0.5 : 0)) * 2) + 1, values[i], 1e-6);
    }
}
