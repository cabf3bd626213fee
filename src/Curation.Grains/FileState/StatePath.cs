using System.Security.Cryptography;
using System.Text;

namespace Curation.Grains.FileState;

/// <summary>Names the files of grains. Keys are hostile: a name shows their harmless letters and is told apart by a digest.</summary>
internal static class StatePath
{
    private const int ShownLetters = 40;
    private const int DigestLetters = 32;

    /// <summary>The path of one thing of one grain.</summary>
    /// <param name="folder">Where such things lie.</param>
    /// <param name="grain">The grain.</param>
    /// <param name="thing">The name of the state or of the reminder.</param>
    public static string Of(string folder, GrainId grain, string thing)
    {
        // No grain type, key or name holds a line break unescaped, so the parts cannot run into each other.
        var identity = $"{grain}\n{thing}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..DigestLetters];
        return $"{folder}/{Letters(thing)}/{Letters(grain.Key.ToString() ?? "")}-{digest}.json";
    }

    private static string Letters(string text)
    {
        var shown = new string([.. text.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(ShownLetters)]);
        return shown.Length == 0 ? "_" : shown;
    }
}
