namespace Curation.Yaml;

/// <summary>A file cannot be used. Holds everything that is wrong with it, so that one edit can mend it.</summary>
/// <param name="file">The file, as it was asked for.</param>
/// <param name="errors">All errors.</param>
public abstract class YamlFileException(string file, IReadOnlyList<YamlError> errors) : Exception(Describe(file, errors))
{
    /// <summary>The file, as it was asked for.</summary>
    public string File { get; } = file;

    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<YamlError> Errors { get; } = Sorted(errors);

    private static IReadOnlyList<YamlError> Sorted(IReadOnlyList<YamlError> errors) => [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    private static string Describe(string file, IReadOnlyList<YamlError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);

        return string.Join('\n', Sorted(errors).Select(error => error.Line > 0
            ? string.Create(null, $"{file}:{error.Line}:{error.Column}: {error.Message}")
            : $"{file}: {error.Message}"));
    }
}
