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

    /// <summary>How the way from noise to data is taken.</summary>
    public SampleSettings Settings { get; init; } = new();
}
