using Klear.Model.Codecs.Neural.MmAudio;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural.MmAudio;

public sealed class MagnitudePreservingTests
{
    [Fact]
    public void Normalised_vector_is_divided_by_its_root_mean_square_and_the_offset()
    {
        using var scope = NewDisposeScope();

        // rms of (3, 4) is 5 / sqrt(2).
        var found = MagnitudePreserving.Normalise(tensor(new float[] { 3, 4 }).reshape(1, 2, 1), 1);

        var divisor = (5 / Math.Sqrt(2)) + 1e-4;
        Assert.Equal(3 / divisor, found[0, 0, 0].item<float>(), 1e-6);
        Assert.Equal(4 / divisor, found[0, 1, 0].item<float>(), 1e-6);
    }

    [Fact]
    public void Zeros_stay_zeros_when_normalised()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(0, MagnitudePreserving.Normalise(zeros(1, 4, 2), 1).abs().max().item<float>());
    }

    [Fact]
    public void Normalised_weight_has_norm_1_for_each_output_channel()
    {
        using var scope = NewDisposeScope();
        var weight = arange(1, 37, ScalarType.Float32).reshape(2, 6, 3);

        var norms = linalg.vector_norm(MagnitudePreserving.NormaliseWeight(weight), dims: [1, 2]);

        // Off by 1e-4 over the row's rms of 10 and 28.
        Assert.Equal(1, norms[0].item<float>(), 1e-4);
        Assert.Equal(1, norms[1].item<float>(), 1e-4);
    }

    [Fact]
    public void Sum_weighs_the_branch_with_3_tenths()
    {
        using var scope = NewDisposeScope();

        var found = MagnitudePreserving.Sum(tensor(new float[] { 1, 0 }), tensor(new float[] { 0, 1 }));

        Assert.Equal(0.7 / Math.Sqrt(0.58), found[0].item<float>(), 1e-6);
        Assert.Equal(0.3 / Math.Sqrt(0.58), found[1].item<float>(), 1e-6);
    }

    [Fact]
    public void Silu_of_1_is_the_logistic_of_1_over_0_596()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(1 / (1 + Math.Exp(-1)) / 0.596, MagnitudePreserving.Silu(ones(1))[0].item<float>(), 1e-6);
    }
}
