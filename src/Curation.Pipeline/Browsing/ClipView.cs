namespace Curation.Pipeline.Browsing;

/// <summary>What of a clip is shown.</summary>
public enum ClipView
{
    /// <summary>The clip itself: its media where it was retained, else a preview cut from its source.</summary>
    Clip,

    /// <summary>The clip with what lies before and after it in its source.</summary>
    Context,
}
