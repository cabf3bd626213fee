namespace Curation.Pipeline.Policies;

/// <summary>The policies that ship with the program. They are the files of <c>policies/</c>, embedded, so they are found wherever it runs.</summary>
public static class PolicyPresets
{
    private const string Prefix = "policies/";
    private const string Suffix = ".yaml";

    /// <summary>The names of the presets, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(PolicyPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a preset.</summary>
    /// <param name="name">For example <c>demo</c>.</param>
    /// <returns>YAML; null where no preset has the name.</returns>
    public static string? Find(string name)
    {
        using var stream = typeof(PolicyPresets).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null) return null;

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
