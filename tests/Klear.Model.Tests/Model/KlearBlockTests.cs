using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class KlearBlockTests
{
    // Single precision rounds by 6e-8, and a few hundred roundings lie between.
    private const double Tolerance = 1e-5;

    private static readonly KlearConfig Config = new() { Layers = 1, Hidden = 32, Heads = 2, FeedForward = 2 };

    // The second hides some keys and has a modulation for each token of the pictures; the third has pictures and sound alone.
    private static readonly Dictionary<string, int[]> Cases = new() { ["all"] = [0, 1, 2, 3], ["masked"] = [0, 1, 2, 3], ["two"] = [0, 3] };

    [Theory]
    [InlineData("all")]
    [InlineData("masked")]
    [InlineData("two")]
    public void Outputs_and_gradients_of_inputs_equal_those_of_pytorch(string name)
    {
        using var scope = NewDisposeScope();
        using var recorded = new RecordedTensors("klear-block", Tolerance);
        using var block = new KlearBlock(Config);
        recorded.FillWeights(block);

        var (inputs, outputs) = Run(block, recorded, name);

        foreach (var (stream, index) in Cases[name].Select((stream, index) => (KlearLayout.Streams[stream], index)))
        {
            recorded.AssertEqual($"{name}.{stream}.output", outputs[index]);
            recorded.AssertEqual($"{name}.{stream}.input_gradient", inputs[index].grad);
            recorded.AssertEqual($"{name}.{stream}.modulation_gradient", inputs[outputs.Length + index].grad);
        }
    }

    [Fact]
    public void Gradients_of_parameters_equal_those_of_pytorch()
    {
        using var scope = NewDisposeScope();
        using var recorded = new RecordedTensors("klear-block", Tolerance);
        using var block = new KlearBlock(Config);
        recorded.FillWeights(block);

        foreach (var name in Cases.Keys) Run(block, recorded, name);

        recorded.AssertGradientsEqual(block);
    }

    private static (Tensor[] Inputs, Tensor[] Outputs) Run(KlearBlock block, RecordedTensors recorded, string name)
    {
        var streams = Cases[name];
        string[] names = [.. streams.Select(stream => $"{name}.{KlearLayout.Streams[stream]}")];
        Tensor[] inputs = [.. names.Select(stream => $"{stream}.input").Concat(names.Select(stream => $"{stream}.modulation")).Select(tensor => recorded.ReadSingle(tensor).requires_grad_())];
        var (cos, sin) = MixedRope.Angles(Config, recorded.Read($"{name}.ids").to(ScalarType.Float64));

        var outputs = block.Run(inputs, new BlockContext(streams, cos, sin, name == "masked" ? recorded.Read("masked.keys") : null));
        names.Zip(outputs).Select(output => (output.Second * recorded.ReadSingle($"{output.First}.factor")).sum()).Aggregate((a, b) => a + b).backward();

        return (inputs, outputs);
    }
}
