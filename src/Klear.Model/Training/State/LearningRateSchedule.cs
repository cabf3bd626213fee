using Klear.Model.Training.Plans;

namespace Klear.Model.Training.State;

/// <summary>Learning rate of each step: up in a straight line, then down to a floor. A function of the step alone, so that there is nothing to save.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>Highest rate, 0 or above.</summary>
    public double Peak { get; init; } = 1e-4;

    /// <summary>Steps until the peak: step 0 has 1 / <see cref="WarmUpSteps"/> of it; 0 for none.</summary>
    public long WarmUpSteps { get; init; }

    /// <summary>The step from which on the rate is the floor; without meaning where the shape is constant.</summary>
    public long TotalSteps { get; init; }

    /// <summary>Rate at the end, from 0 to <see cref="Peak"/>.</summary>
    public double Floor { get; init; }

    /// <summary>The way from peak to floor.</summary>
    public DecayShape Shape { get; init; } = DecayShape.Constant;

    /// <summary>Checks the settings.</summary>
    /// <returns>What is wrong, all of it; empty where nothing is.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!(Peak >= 0 && double.IsFinite(Peak))) faults.Add($"{nameof(Peak)} is {Peak}, not 0 or above.");
        if (!(Floor >= 0 && Floor <= Peak)) faults.Add($"{nameof(Floor)} is {Floor}, not from 0 to the peak of {Peak}.");
        if (WarmUpSteps < 0) faults.Add($"{nameof(WarmUpSteps)} is {WarmUpSteps}, not 0 or above.");
        if (Shape != DecayShape.Constant && TotalSteps <= WarmUpSteps) faults.Add($"{nameof(TotalSteps)} is {TotalSteps}, not above the {WarmUpSteps} steps of warm-up.");
        return faults;
    }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">Steps taken before it, 0 or above.</param>
    /// <returns>Learning rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < WarmUpSteps) return Peak * (step + 1) / WarmUpSteps;
        if (Shape == DecayShape.Constant) return Peak;

        var passed = Math.Min(1, (double)(step - WarmUpSteps) / (TotalSteps - WarmUpSteps));
        var left = Shape == DecayShape.Linear ? 1 - passed : (1 + Math.Cos(Math.PI * passed)) / 2;
        return Floor + ((Peak - Floor) * left);
    }
}
