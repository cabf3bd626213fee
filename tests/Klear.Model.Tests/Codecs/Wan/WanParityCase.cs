using Curation.Models.Checkpoints;
using Curation.Tests;
using Klear.Model.Codecs.Wan;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

/// <summary>Inputs and outputs of the upstream code with weights of reduced width; its commits and float32 errors stand in case.json beside them.</summary>
internal sealed class WanParityCase : IDisposable
{
    /// <summary>Share of the largest value, from case.json.</summary>
    private const double Tolerance = 1e-4;

    private readonly string _name;
    private readonly SafetensorsFile _io;

    public WanParityCase(string name)
    {
        _name = name;
        _io = SafetensorsFile.Open(RealClips.Require($"parity/{name}/io.safetensors"));
        Checkpoint = RealClips.Require($"parity/{name}/{(name == "wan21-vae" ? "Wan2.1_VAE.pth" : "Wan2.2_VAE.pth")}");
        Codec = WanVideoCodec.Load(Checkpoint);
    }

    public string Checkpoint { get; }

    public WanVideoCodec Codec { get; }

    public Tensor Recorded(string tensor) => _io.Read(tensor).ToTensor();

    public float[] Floats(string tensor) => _io.Read(tensor).ToFloats();

    /// <summary>The first pictures of the recorded clip as upstream scales them.</summary>
    public Tensor Pictures(long count)
    {
        using var scope = NewDisposeScope();
        return (Recorded("video_u8_cthw").narrow(1, 0, count).to(ScalarType.Float32) / 127.5 - 1).unsqueeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Fails above the tolerance and prints the error either way.</summary>
    public void Near(string recorded, Tensor found_bcthw)
    {
        using var scope = NewDisposeScope();
        var wanted_cthw = Recorded(recorded);
        Assert.Equal([1, .. wanted_cthw.shape], found_bcthw.shape);
        var largest = wanted_cthw.abs().max().item<float>();
        var error = (found_bcthw.squeeze(0) - wanted_cthw).abs().max().item<float>() / largest;
        var line = FormattableString.Invariant($"| {_name} | {recorded} | {error:0.0e+0} of the largest value {largest:0.00} |");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(error <= Tolerance, line);
    }

    public void Dispose()
    {
        Codec.Dispose();
        _io.Dispose();
    }
}
