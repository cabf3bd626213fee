using Curation.Clips;

namespace Curation.Models.Endpoints;

/// <summary>What an endpoint is shown of a clip.</summary>
/// <param name="Id">The clip.</param>
/// <param name="ContentHash">SHA-256 of the clip's content in hexadecimal digits, or of whatever names it as surely.</param>
/// <param name="DurationSeconds">Its length.</param>
public sealed record ClipMaterial(ClipId Id, string ContentHash, double DurationSeconds)
{
    /// <summary>Pictures in order of time.</summary>
    public IReadOnlyList<EndpointFrame> Frames { get; init; } = [];

    /// <summary>The sound as a whole WAV file; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Wave { get; init; }

    /// <summary>What other models heard, shown as data; null where it is not shown.</summary>
    public string? Transcript { get; init; }
}
