using Curation.Clips;
using Curation.Dataset.Browsing;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>A page of clips as JSON.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Total">Clips on all pages.</param>
/// <param name="Offset">Clips before this page.</param>
/// <param name="Clips">The clips.</param>
internal sealed record ClipPageJson(string Snapshot, long Total, long Offset, IReadOnlyList<ClipPageJson.Clip> Clips)
{
    /// <summary>A clip of a page.</summary>
    public sealed record Clip(string ClipId, string Outcome, string? Split, string SourceUri, double StartS, double EndS, int Width, int Height, string? Caption, string? RejectedBy, string? Reason, double? SortValue, string Url)
    {
        /// <summary>Makes it of a listing.</summary>
        public static Clip Of(ClipListing clip, string dataset) => new(
            clip.Id.Value, ClipQuery.WordOf(clip.Outcome), clip.Split?.ToName(), clip.SourceUri, clip.Span.Start.TotalSeconds, clip.Span.End.TotalSeconds,
            clip.Width, clip.Height, clip.Caption, clip.RejectedBy, clip.Reason, clip.SortValue, $"/api/v1/clips/{clip.Id}?dataset={dataset}");
    }
}
