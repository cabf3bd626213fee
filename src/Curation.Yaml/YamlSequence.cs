namespace Curation.Yaml;

/// <summary>A list of values.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Items">The values, in the order of the file.</param>
public sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}
