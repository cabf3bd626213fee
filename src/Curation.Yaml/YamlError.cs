namespace Curation.Yaml;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Line">Line in the file, from 1; 0 where the file itself is the problem.</param>
/// <param name="Column">Column in the line, from 1; 0 where the file itself is the problem.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record YamlError(int Line, int Column, string Message);
