using System.Runtime.CompilerServices;
using System.Text;

namespace Curation.Pipeline.Sources;

/// <summary>Reads lines, but none so long that it would fill the memory.</summary>
internal static class BoundedLines
{
    /// <summary>Characters of the longest line that is read: many times the longest path of any file system.</summary>
    public const int MaxLength = 65_536;

    /// <summary>The lines of a text, one at a time.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Line numbers from 1 with the line, without its end; null for one that is too long.</returns>
    public static async IAsyncEnumerable<(long Number, string? Line)> ReadAsync(TextReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new char[8192];
        var line = new StringBuilder();
        var tooLong = false;
        var number = 1L;
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellation)) > 0)
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(buffer, '\n', start, read - start);
                var count = (end < 0 ? read : end) - start;
                tooLong |= line.Length + count > MaxLength;
                if (!tooLong) line.Append(buffer, start, count);

                start += count + 1;
                if (end < 0) break;

                yield return (number++, tooLong ? null : Text(line));
                line.Clear();
                tooLong = false;
            }
        }

        if (tooLong || line.Length > 0) yield return (number, tooLong ? null : Text(line));
    }

    private static string Text(StringBuilder line) => line.ToString().TrimEnd('\r');
}
