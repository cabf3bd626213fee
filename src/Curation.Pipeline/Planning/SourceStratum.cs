using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>Names the stratum of a source.</summary>
/// <param name="input">The input as the plan names it: a path, or the address of objects.</param>
public sealed class SourceStratum(string input)
{
    /// <summary>Name of the stratum of sources that lie in the input folder itself.</summary>
    public const string Top = ".";

    private const string NoEnding = "(none)";

    private readonly string _root = (SourceAddress.IsAddress(input) ? input : SourceUri.FromPath(Path.GetFullPath(input))).TrimEnd('/') + "/";

    /// <summary>The stratum of a source.</summary>
    /// <param name="item">The source.</param>
    /// <param name="kind">What parts strata.</param>
    /// <returns>A folder's name, <see cref="Top"/> for sources without a folder of their own below the input, or an ending such as <c>.mp4</c>.</returns>
    public string Of(SourceItem item, StratumKind kind)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (kind == StratumKind.Container) return MediaExtensions.Of(item.Uri) is { Length: > 0 } ending ? ending : NoEnding;
        if (!item.Uri.StartsWith(_root, StringComparison.Ordinal)) return Top;

        var slash = item.Uri.IndexOf('/', _root.Length);
        return slash < 0 ? Top : Uri.UnescapeDataString(item.Uri[_root.Length..slash]);
    }
}
