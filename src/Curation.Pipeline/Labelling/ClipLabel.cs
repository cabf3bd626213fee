using Curation.Clips;

namespace Curation.Pipeline.Labelling;

/// <summary>What somebody said of a clip.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Keep">Whether it belongs into a data set.</param>
/// <param name="LabelledUtc">When it was said; null where the file does not say.</param>
/// <param name="LabelledBy">Who said it; null where the file does not say.</param>
public sealed record ClipLabel(ClipId Id, bool Keep, DateTimeOffset? LabelledUtc, string? LabelledBy);
