using System.Text.Json;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

public sealed class RandomStateTests
{
    [Fact]
    public void Restored_state_draws_the_same_numbers_again()
    {
        random.manual_seed(7);
        using var scope = NewDisposeScope();

        // An odd number of normal draws leaves one in the generator's pocket.
        _ = randn(3);
        var written = JsonSerializer.Serialize(RandomState.Capture());
        var (first, other) = (randn(33), rand(5));
        random.manual_seed(99);

        JsonSerializer.Deserialize<RandomState>(written)!.Restore();

        Assert.Equal(first.data<float>().ToArray(), randn(33).data<float>().ToArray());
        Assert.Equal(other.data<float>().ToArray(), rand(5).data<float>().ToArray());
    }

    [Fact]
    public void State_of_another_generator_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<FormatException>(() => new RandomState(Convert.ToBase64String(new byte[3])).Restore());

        Assert.Contains("3 bytes", error.Message, StringComparison.Ordinal);
    }
}
