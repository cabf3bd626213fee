using System.Text.Json;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

// Other tests draw from the shared generator.
[Collection(SharedGenerator.Name)]
public sealed class RandomStateTests
{
    [Fact]
    public void Restored_generator_draws_the_same_numbers_again()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7, CPU);

        // An odd number of normal draws leaves one in the generator's pocket.
        _ = randn(3, generator: generator);
        var written = JsonSerializer.Serialize(RandomState.Capture(generator));
        var (normal, few, uniform) = (randn(33, generator: generator), randn(5, generator: generator), rand(5, generator: generator));
        using var other = new Generator(99, CPU);

        JsonSerializer.Deserialize<RandomState>(written)!.Restore(other);

        Assert.Equal(normal.data<float>().ToArray(), randn(33, generator: other).data<float>().ToArray());
        Assert.Equal(few.data<float>().ToArray(), randn(5, generator: other).data<float>().ToArray());
        Assert.Equal(uniform.data<float>().ToArray(), rand(5, generator: other).data<float>().ToArray());
    }

    [Fact]
    public void Restored_shared_generator_draws_the_same_numbers_again()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(7);
        var state = RandomState.Capture();
        var first = randn(33);
        random.manual_seed(99);

        state.Restore();

        Assert.Equal(first.data<float>().ToArray(), randn(33).data<float>().ToArray());
    }

    [Fact]
    public void State_of_another_generator_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<FormatException>(() => new RandomState(Convert.ToBase64String(new byte[3])).Restore());

        Assert.Contains("3 bytes", error.Message, StringComparison.Ordinal);
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedGenerator
{
    public const string Name = "draws from the shared generator alone";
}
