using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class LatentScaleTests
{
    private static readonly LatentScale Scale = new([1, -2], [2, 0.5f]);

    [Fact]
    public void Normalised_latents_have_the_mean_taken_and_are_divided()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([0, 1, 0, 4], Scale.Normalise(tensor(new float[] { 1, 3, -2, 0 }, [1, 2, 2])).data<float>().ToArray());
        Assert.Equal([0, 1, 0, 4], Scale.Normalise(tensor(new float[] { 1, 3, -2, 0 }, [2, 2]), 0).data<float>().ToArray());
    }

    [Fact]
    public void Restored_latents_are_what_they_were()
    {
        using var scope = NewDisposeScope();
        var latents_bcthw = randn([2, 2, 3, 4, 5]);

        Assert.True(Scale.Restore(Scale.Normalise(latents_bcthw)).allclose(latents_bcthw, atol: 1e-6));
    }

    [Fact]
    public void Other_number_of_channels_is_refused()
    {
        using var latents_bcl = zeros(1, 3, 2);

        Assert.Contains("[1, 3, 2]", Assert.Throws<ArgumentException>(() => Scale.Normalise(latents_bcl)).Message, StringComparison.Ordinal);
    }
}
