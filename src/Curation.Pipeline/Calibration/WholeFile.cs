using System.Text;

namespace Curation.Pipeline.Calibration;

/// <summary>Writes a text file so that it is there whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes a file beside its place and moves it there.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="text">Its content, written as UTF-8.</param>
    /// <param name="replace">Whether a file that is there may be replaced.</param>
    /// <param name="cancellationToken">Stops before the file is there.</param>
    /// <returns>Completes when the file is there.</returns>
    /// <exception cref="IOException">It cannot be written, or is there already and may not be replaced.</exception>
    public static async Task WriteAsync(string path, string text, bool replace, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        var beside = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllTextAsync(beside, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(beside, full, replace);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
