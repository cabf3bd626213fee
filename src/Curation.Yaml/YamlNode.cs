namespace Curation.Yaml;

/// <summary>One value of a file with the place it stands at.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}
