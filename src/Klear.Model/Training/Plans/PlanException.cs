using Curation.Yaml;

namespace Klear.Model.Training.Plans;

/// <summary>A training plan cannot be used. Holds everything that is wrong with it, so that one edit can mend it.</summary>
/// <param name="file">The file, as it was asked for.</param>
/// <param name="errors">All errors.</param>
public sealed class PlanException(string file, IReadOnlyList<YamlError> errors) : YamlFileException(file, errors);
