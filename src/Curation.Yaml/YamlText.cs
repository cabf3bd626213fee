namespace Curation.Yaml;

/// <summary>Reads the text of small files that somebody wrote by hand.</summary>
public static class YamlText
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">What is larger is not what it is taken for.</param>
    /// <param name="noun">What it is taken for, such as <c>policy</c>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidDataException">The file is too large; the message says so.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(string path, int maxBytes, string noun)
    {
        using var stream = File.OpenRead(path);

        // One byte more than allowed is asked for, so that a device or a growing file cannot be read without end.
        var buffer = new byte[maxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > maxBytes) throw new InvalidDataException(string.Create(null, $"larger than {maxBytes / 1024} KiB; this is not a {noun}"));

        using var reader = new StreamReader(new MemoryStream(buffer, 0, length));
        return reader.ReadToEnd();
    }
}
