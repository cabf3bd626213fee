namespace Curation.Pipeline.Sources;

/// <summary>The endings of names that are taken for media.</summary>
internal static class MediaExtensions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ".3gp", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".mxf", ".ogv", ".ts", ".vob", ".webm", ".wmv",
    };

    /// <summary>Whether a name is taken for media.</summary>
    public static bool Has(string name) => Known.Contains(Path.GetExtension(name));

    /// <summary>The ending of a name, in lower case; empty where it is none of these, so that nothing hostile gets into a file name.</summary>
    public static string Of(string name) => Path.GetExtension(name) is var extension && Known.Contains(extension) ? extension.ToLowerInvariant() : "";
}
