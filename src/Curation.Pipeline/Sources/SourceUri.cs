namespace Curation.Pipeline.Sources;

/// <summary>Addresses of local files that come back to the same path, whatever the name holds: line breaks, <c>#</c>, <c>%</c>, any script.</summary>
public static class SourceUri
{
    private const string Scheme = "file://";

    /// <summary>The address of a file.</summary>
    /// <param name="absolutePath">Its absolute path.</param>
    /// <returns><c>file://</c> and the path, percent-encoded segment by segment.</returns>
    public static string FromPath(string absolutePath)
    {
        if (!Path.IsPathFullyQualified(absolutePath)) throw new ArgumentException($"'{absolutePath}' is not an absolute path.", nameof(absolutePath));

        var segments = absolutePath.Replace(Path.DirectorySeparatorChar, '/').Split('/');
        var path = string.Join('/', segments.Select(System.Uri.EscapeDataString));
        return path.StartsWith('/') ? Scheme + path : $"{Scheme}/{path}";
    }

    /// <summary>The path that an address means.</summary>
    /// <param name="uri">A <c>file://</c> address.</param>
    /// <returns>An absolute path; null where the address is none of this machine's files.</returns>
    public static string? ToPath(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);

        if (!uri.StartsWith(Scheme + "/", StringComparison.Ordinal)) return null;

        var path = System.Uri.UnescapeDataString(uri[Scheme.Length..]);
        if (OperatingSystem.IsWindows()) path = path.TrimStart('/');
        return path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path) ? null : path;
    }
}
