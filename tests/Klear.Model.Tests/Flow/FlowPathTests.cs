using Klear.Model.Flow;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Flow;

public sealed class FlowPathTests
{
    [Fact]
    public void Ends_of_the_path_are_noise_and_data()
    {
        using var scope = NewDisposeScope();
        var (data, noise) = (randn(3, 2, 4), randn(3, 2, 4));

        var point = FlowPath.Point(data, noise, tensor(new[] { 0f, 1f, 0.25f }));

        Assert.Equal(0, (point[0] - noise[0]).abs().max().item<float>());
        Assert.Equal(0, (point[1] - data[1]).abs().max().item<float>());
        Assert.True((point[2] - ((data[2] * 0.25) + (noise[2] * 0.75))).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Uniform_times_have_mean_a_half_and_variance_a_twelfth()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var times = FlowPath.Times(200_000, new FlowOptions());

        Assert.Equal(0.5, times.mean().item<float>(), 2);
        Assert.Equal(1 / 12.0, times.var().item<float>(), 2);
        Assert.True(times.min().item<float>() >= 0 && times.max().item<float>() < 1);
    }

    [Fact]
    public void Logit_normal_times_have_logits_with_the_mean_and_deviation_asked_for()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var logits = FlowPath.Times(200_000, new FlowOptions { Time = TimeDraw.LogitNormal, LogitMean = -0.5, LogitStd = 0.8 }).logit();

        Assert.Equal(-0.5, logits.mean().item<float>(), 2);
        Assert.Equal(0.8, logits.std().item<float>(), 2);
    }

    // Noise level 1/2 with a shift of 3: 3 * 0.5 / (1 + 2 * 0.5) = 0.75, so time 0.25.
    [Theory]
    [InlineData(0.5, 3, 0.25)]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(0, 3, 0)]
    [InlineData(1, 3, 1)]
    public void Shift_moves_times_towards_noise(double time, double shift, double wanted)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(wanted, FlowPath.Shifted(tensor(new[] { (float)time }), shift).item<float>(), 6);
    }
}
