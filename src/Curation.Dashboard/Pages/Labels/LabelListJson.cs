namespace Curation.Dashboard.Pages.Labels;

/// <summary>Labels as JSON.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Gone">Labels of clips that the snapshot no longer has; they stay in the file.</param>
/// <param name="Labels">The labels.</param>
internal sealed record LabelListJson(string Snapshot, int Gone, IReadOnlyList<LabelListJson.Label> Labels)
{
    /// <summary>A label.</summary>
    public sealed record Label(string ClipId, bool Keep, DateTimeOffset? LabelledUtc, string? LabelledBy);
}
