using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

/// <summary>Weights, inputs, outputs and gradients recorded by bench/pytorch/block.py with PyTorch 1.13.1 (Debian 12's python3-torch), in double precision.</summary>
/// <param name="name">The file.</param>
/// <param name="tolerance">Of the largest value of what was recorded.</param>
internal sealed class RecordedTensors(string name, double tolerance) : IDisposable
{
    private const string Weight = "weight.", Gradient = "gradient.";

    private readonly SafetensorsFile _file = SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "Model", $"{name}.safetensors"));

    public Tensor Read(string name) => _file.Read(name).ToTensor();

    /// <summary>What was stored in half precision, in single precision.</summary>
    public Tensor ReadSingle(string name)
    {
        using var stored = Read(name);
        return stored.to(ScalarType.Float32);
    }

    public void FillWeights(nn.Module module)
    {
        var report = TensorLoad.Fill(_file, module.named_parameters().ToDictionary(parameter => Weight + parameter.name, parameter => (Tensor)parameter.parameter, StringComparer.Ordinal));
        Assert.Empty(report.Missing);
        Assert.DoesNotContain(report.Unexpected, name => name.StartsWith(Weight, StringComparison.Ordinal));
    }

    public void AssertEqual(string name, Tensor? actual)
    {
        using var scope = NewDisposeScope();
        var expected = Read(name);
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        var (difference, largest) = ((actual.detach() - expected).abs().max().item<float>(), expected.abs().max().item<float>());
        Assert.True(difference <= tolerance * largest, FormattableString.Invariant($"{name} is off by {difference:g3} where the largest value is {largest:g3}"));
    }

    /// <summary>The gradients of all parameters; one that reaches no output has none, or zeros.</summary>
    public void AssertGradientsEqual(nn.Module module)
    {
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (_file.Tensors.ContainsKey(Gradient + name)) AssertEqual(Gradient + name, parameter.grad);
            else Assert.True(parameter.grad is null || parameter.grad.count_nonzero().item<long>() == 0, $"{name} has a gradient");
        }
    }

    public void Dispose() => _file.Dispose();
}
