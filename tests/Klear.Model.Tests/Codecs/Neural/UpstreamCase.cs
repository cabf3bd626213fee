using Curation.Models.Checkpoints;
using Curation.Tests;
using Klear.Model.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural;

/// <summary>Inputs and outputs that the upstream code gave in single precision; skips the test where they are absent.</summary>
internal sealed class UpstreamCase(string name) : IDisposable
{
    private readonly SafetensorsFile _io = SafetensorsFile.Open(RealClips.Require($"parity/{name}/io.safetensors"));
    private readonly DisposeScope _scope = NewDisposeScope();

    public static string VaePath => RealClips.Require("parity/mmaudio-vae-44k/v1-44.pth");

    public static string VocoderPath => RealClips.Require("parity/bigvgan-v2/bigvgan_generator.pt");

    public static string VocoderConfigPath => RealClips.Require("parity/bigvgan-v2/config.json");

    /// <summary>A recorded tensor.</summary>
    public Tensor this[string tensor] => _io.Read(tensor).ToTensor();

    /// <summary>A recorded tensor as a batch of one.</summary>
    public Tensor Batch(string tensor) => this[tensor].unsqueeze(0);

    /// <summary>Asserts that no element is further off than the limit.</summary>
    public static void AssertNear(Tensor expected, Tensor found, double limit)
    {
        var actual = found.dim() == expected.dim() ? found : found.squeeze(0);
        Assert.Equal(expected.shape, actual.shape);
        var off = (expected - actual).abs().max().item<float>();
        Assert.True(off <= limit, $"{off:G3} off, {limit:G3} allowed");
        TestContext.Current.TestOutputHelper?.WriteLine($"{off:G3} off, {limit:G3} allowed");
    }

    /// <summary>Asserts that no element is further off than 1e-4 of the largest.</summary>
    public static void AssertNear(Tensor expected, Tensor found) => AssertNear(expected, found, 1e-4 * expected.abs().max().item<float>());

    public void Dispose()
    {
        _scope.Dispose();
        _io.Dispose();
    }
}
