using Curation.Clips;

namespace Curation.Pipeline.Runs;

/// <summary>Where a clip's files lie in the data set. The first two digits of the name keep folders small.</summary>
public static class ClipPaths
{
    /// <summary>Folder of all clips' media.</summary>
    public const string MediaFolder = "clips";

    /// <summary>The clip's media.</summary>
    /// <param name="id">The clip.</param>
    /// <returns>A relative path with forward slashes.</returns>
    public static string Media(ClipId id) => $"{MediaFolder}/{id.Value[..2]}/{id}.mp4";

    /// <summary>A still from the clip's middle.</summary>
    /// <param name="id">The clip.</param>
    /// <returns>A relative path with forward slashes.</returns>
    public static string Poster(ClipId id) => $"posters/{id.Value[..2]}/{id}.jpg";
}
