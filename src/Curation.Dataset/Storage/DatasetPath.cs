namespace Curation.Dataset.Storage;

/// <summary>The rules for paths inside a data set: relative, forward slashes, no way out.</summary>
internal static class DatasetPath
{
    private const int MaximumLength = 1024;

    /// <summary>Throws unless a path stays inside.</summary>
    /// <param name="path">A relative path with forward slashes.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentException">It is empty, absolute, or contains <c>..</c>, a backslash, a colon or a control character.</exception>
    public static string Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsInside(path)) throw new ArgumentException($"'{path}' is not a path inside a data set: it must be relative, use forward slashes and not contain '..'.", nameof(path));

        return path;
    }

    /// <summary>Whether a path is a relative one that stays inside.</summary>
    /// <param name="path">A path.</param>
    public static bool IsInside(string path) =>
        path.Length is > 0 and <= MaximumLength && !path.AsSpan().ContainsAny('\\', ':') && !path.Any(char.IsControl) && !path.Split('/').Any(part => part is "" or "." or "..");
}
