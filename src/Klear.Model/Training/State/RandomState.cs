using static TorchSharp.torch;

namespace Klear.Model.Training.State;

/// <summary>State of a random generator of torch on the CPU. Draw there what must repeat after a resume, even where the model is on a GPU.</summary>
/// <param name="Bytes">The generator's state in base 64, as torch gives it.</param>
public sealed record RandomState(string Bytes)
{
    /// <summary>The state now.</summary>
    /// <param name="generator">A generator of the CPU; null for the one that all operations without a generator share.</param>
    /// <returns>It can be written as JSON.</returns>
    public static RandomState Capture(Generator? generator = null)
    {
        using var state = generator is null ? random.get_rng_state() : generator.get_state();
        return new RandomState(Convert.ToBase64String(state.bytes));
    }

    /// <summary>Goes back to this state: what is drawn next is what was drawn after <see cref="Capture"/>.</summary>
    /// <param name="generator">The generator that the state was taken from, or another of the CPU; null for the shared one.</param>
    /// <exception cref="FormatException">The text is no base 64, or no state of this torch's generators.</exception>
    public void Restore(Generator? generator = null)
    {
        var bytes = Convert.FromBase64String(Bytes);
        using var state = generator is null ? random.get_rng_state() : generator.get_state();
        if (state.numel() != bytes.Length) throw new FormatException($"A random state of {bytes.Length} bytes is not one of this torch, whose states have {state.numel()}.");

        bytes.CopyTo(state.bytes);
        if (generator is null) random.set_rng_state(state);
        else generator.set_state(state);
    }
}
