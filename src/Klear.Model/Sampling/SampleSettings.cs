namespace Klear.Model.Sampling;

/// <summary>How the way from noise to data is taken, whatever is generated.</summary>
public sealed record SampleSettings
{
    /// <summary>Steps from noise to data.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>How the steps are taken.</summary>
    public SampleSolver Solver { get; init; } = SampleSolver.UniPc;

    /// <summary>Above 1, more of the steps are near noise.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>How far the pictures are led from what the model makes without their text: 1 is not at all.</summary>
    public double VideoGuidance { get; init; } = 1;

    /// <summary>How far the sound is led from what the model makes without its text: 1 is not at all.</summary>
    public double AudioGuidance { get; init; } = 1;

    /// <summary>The same seed gives the same noise.</summary>
    public long Seed { get; init; }
}
