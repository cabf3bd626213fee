using Curation.Models.Checkpoints;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

public sealed class TensorLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Both_sides_names_are_filled_and_the_others_listed()
    {
        using var scope = NewDisposeScope();
        using var source = Source(("a", [2]), ("b", [1]), ("old", [1]));
        var targets = new Dictionary<string, Tensor> { ["a"] = zeros(2), ["b"] = zeros(1, ScalarType.BFloat16), ["new"] = zeros(1) };

        var report = TensorLoad.Fill(source, targets);

        Assert.Equal(["new"], report.Missing);
        Assert.Equal(["old"], report.Unexpected);
        Assert.Equal([7, 7], targets["a"].data<float>().ToArray());
        Assert.Equal(7, targets["b"].to(ScalarType.Float32).item<float>());
        Assert.Equal(0, targets["new"].item<float>());
    }

    [Fact]
    public void First_tensor_of_another_shape_is_named_with_both_and_nothing_is_filled()
    {
        using var scope = NewDisposeScope();
        using var source = Source(("a", [2]), ("b", [3, 4]), ("c", [5]));
        var targets = new Dictionary<string, Tensor> { ["c"] = zeros(6), ["b"] = zeros(3, 2), ["a"] = zeros(2) };

        var error = Assert.Throws<CheckpointException>(() => TensorLoad.Fill(source, targets));

        Assert.StartsWith("'b' is [3, 4] in the checkpoint and [3, 2] here", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, targets["a"].sum().item<float>());
    }

    [Fact]
    public void Exact_load_names_what_is_missing_and_what_is_too_much()
    {
        using var scope = NewDisposeScope();
        using var source = Source(("a", [2]), ("old", [1]));
        var targets = new Dictionary<string, Tensor> { ["a"] = zeros(2) };
        foreach (var number in Enumerable.Range(1, 7)) targets[$"n{number}"] = zeros(1);

        var error = Assert.Throws<CheckpointException>(() => TensorLoad.FillExactly(source, targets));

        Assert.Contains("lacks 'n1', 'n2', 'n3', 'n4', 'n5' and 2 more and has 'old'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, targets["a"].sum().item<float>());
    }

    public void Dispose() => _folder.Dispose();

    private SafetensorsFile Source(params (string Name, long[] Shape)[] tensors)
    {
        var path = _folder.File("source.safetensors");
        SafetensorsWriter.Write(path, tensors.ToDictionary(tensor => tensor.Name, tensor => TensorData.FromFloats(tensor.Shape, [.. Enumerable.Repeat(7f, (int)tensor.Shape.Aggregate((count, size) => count * size))])));
        return SafetensorsFile.Open(path);
    }
}
