using Klear.Model.Model;

namespace Klear.Model.Sampling;

/// <summary>What somebody wants generated.</summary>
public sealed record GenerateRequest
{
    /// <summary>What is given and what is generated.</summary>
    public required KlearTask Task { get; init; }

    /// <summary>What is seen and heard; each part may be said by itself instead.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What is heard; null for <see cref="Prompt"/>.</summary>
    public string? AudioPrompt { get; init; }

    /// <summary>What is said or sung, word for word; empty for nothing.</summary>
    public string Speech { get; init; } = "";

    /// <summary>What guidance leads away from; empty for no text at all.</summary>
    public string Negative { get; init; } = "";

    /// <summary>A picture file for tasks that start from one; null for the others.</summary>
    public string? Image { get; init; }

    /// <summary>Length; null for the shortest that the model was trained on.</summary>
    public double? Seconds { get; init; }

    /// <summary>Steps from noise to data.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>How the steps are taken.</summary>
    public SampleSolver Solver { get; init; } = SampleSolver.UniPc;

    /// <summary>Above 1, more of the steps are near noise.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>How far the pictures follow their text: 1 is without guidance.</summary>
    public double VideoGuidance { get; init; } = 1;

    /// <summary>How far the sound follows its text: 1 is without guidance.</summary>
    public double AudioGuidance { get; init; } = 1;

    /// <summary>The same seed gives the same file's content.</summary>
    public long Seed { get; init; }
}
