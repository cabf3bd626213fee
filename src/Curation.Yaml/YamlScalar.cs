namespace Curation.Yaml;

/// <summary>A single value as it was written.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">The value without its quotes.</param>
/// <param name="IsPlain">Whether no quotes stand around it.</param>
public sealed record YamlScalar(int Line, int Column, string Text, bool IsPlain) : YamlNode(Line, Column)
{
    /// <summary>Whether nothing was written, or one of YAML's words for nothing.</summary>
    public bool IsMissing => IsPlain && Text is "" or "~" or "null";

    /// <inheritdoc/>
    public override string Kind => IsMissing ? "empty" : $"'{Text}'";
}
