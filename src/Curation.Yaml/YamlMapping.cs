namespace Curation.Yaml;

/// <summary>Names with values; a name may stand twice.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Entries">In the order of the file.</param>
public sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries) : YamlNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a set of names";
}
