using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>A policy cannot be used. Holds everything that is wrong with it, so that one edit can mend it.</summary>
/// <param name="file">The file or preset, as it was asked for.</param>
/// <param name="errors">All errors.</param>
public sealed class PolicyException(string file, IReadOnlyList<YamlError> errors) : YamlFileException(file, errors);
