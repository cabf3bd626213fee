using static TorchSharp.torch;

namespace Klear.Model.Training.State;

/// <summary>State of torch's own random generator of the CPU. Draw on the CPU what must repeat after a resume: GPUs have generators of their own.</summary>
/// <param name="Cpu">The generator's bytes in base 64, as torch gives them.</param>
public sealed record RandomState(string Cpu)
{
    /// <summary>The state now.</summary>
    /// <returns>It can be written as JSON.</returns>
    public static RandomState Capture()
    {
        using var state = random.get_rng_state();
        return new RandomState(Convert.ToBase64String(state.bytes));
    }

    /// <summary>Goes back to this state: what is drawn next is what was drawn after <see cref="Capture"/>.</summary>
    /// <exception cref="FormatException">The text is no base 64, or no state of this torch's generator.</exception>
    public void Restore()
    {
        var bytes = Convert.FromBase64String(Cpu);
        using var state = random.get_rng_state();
        if (state.numel() != bytes.Length) throw new FormatException($"A random state of {bytes.Length} bytes is not one of this torch, whose states have {state.numel()}.");

        bytes.CopyTo(state.bytes);
        random.set_rng_state(state);
    }
}
