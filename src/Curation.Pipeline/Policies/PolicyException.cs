namespace Curation.Pipeline.Policies;

/// <summary>A policy cannot be used. Holds everything that is wrong with it, so that one edit can mend it.</summary>
/// <param name="file">The file or preset, as it was asked for.</param>
/// <param name="errors">All errors, in the order of the file.</param>
public sealed class PolicyException(string file, IReadOnlyList<PolicyError> errors) : Exception(Describe(file, errors))
{
    /// <summary>The file or preset, as it was asked for.</summary>
    public string File { get; } = file;

    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<PolicyError> Errors { get; } = errors;

    private static string Describe(string file, IReadOnlyList<PolicyError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);

        return string.Join('\n', errors.Select(error => error.Line > 0
            ? string.Create(null, $"{file}:{error.Line}:{error.Column}: {error.Message}")
            : $"{file}: {error.Message}"));
    }
}
