using Curation.Clips;

namespace Curation.Pipeline.Browsing;

/// <summary>A file of this machine that shows a clip, or why there is none.</summary>
public sealed record ClipFile
{
    /// <summary>Full path; null where there is none. It never leaves this machine.</summary>
    public string? Path { get; init; }

    /// <summary>What the file covers on the source's clock.</summary>
    public ClipSpan Span { get; init; }

    /// <summary>Why there is none, in a sentence; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>There is none.</summary>
    /// <param name="problem">Why, in a sentence.</param>
    /// <returns>The answer.</returns>
    public static ClipFile None(string problem) => new() { Problem = problem };
}
