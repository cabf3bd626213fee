using System.Security.Cryptography;
using System.Text;

namespace Curation.Models.Endpoints;

/// <summary>The words a model is asked with, an embedded text <c>prompts/NAME.txt</c>.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Version">Changes with every change of the words: part of every cached answer's name.</param>
/// <param name="Text">The words, with <c>{clip}</c>, <c>{duration}</c> and <c>{data}</c> to be filled in.</param>
public sealed record Prompt(string Name, string Version, string Text)
{
    private const string VersionMark = "version: ";
    private const int DigestDigits = 8;

    /// <summary>Loads a prompt.</summary>
    /// <param name="name">Such as <c>caption.omni</c>.</param>
    /// <returns>The prompt, headed by the rules that all prompts share.</returns>
    public static Prompt Load(string name)
    {
        var rules = Body("rules", out _);
        var text = $"{rules}\n\n{Body(name, out var version)}";

        // A changed word changes the version even where its number was forgotten.
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestDigits];
        return new Prompt(name, $"{version}.{digest}", text);
    }

    private static string Body(string name, out string version)
    {
        using var stream = typeof(Prompt).Assembly.GetManifestResourceStream($"prompts/{name}.txt")
            ?? throw new ArgumentException($"There is no prompt '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        var head = reader.ReadLine() ?? "";
        if (!head.StartsWith(VersionMark, StringComparison.Ordinal)) throw new InvalidOperationException($"prompts/{name}.txt does not start with '{VersionMark}'.");

        version = head[VersionMark.Length..].Trim();
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }
}
