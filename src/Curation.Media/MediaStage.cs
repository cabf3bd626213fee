namespace Curation.Media;

/// <summary>Where the way of a source can end: the values of the quarantine's column <c>stage</c> that come from media.</summary>
public static class MediaStage
{
    /// <summary>The file could not be opened, or changed while it was read.</summary>
    public const string Open = "open";

    /// <summary>The file holds nothing that can be curated.</summary>
    public const string Probe = "probe";

    /// <summary>The decode failed.</summary>
    public const string Analyse = "analyse";

    /// <summary>A clip could not be cut.</summary>
    public const string Cut = "cut";

    /// <summary>A clip could not be written.</summary>
    public const string Write = "write";
}
