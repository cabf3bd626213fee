namespace Klear.Model.Training.Plans;

/// <summary>A training plan cannot be used. Holds everything that is wrong with it, so that one edit can mend it.</summary>
/// <param name="file">The file, as it was asked for.</param>
/// <param name="errors">All errors, in the order of the file.</param>
public sealed class PlanException(string file, IReadOnlyList<PlanError> errors) : Exception(Describe(file, errors))
{
    /// <summary>The file, as it was asked for.</summary>
    public string File { get; } = file;

    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<PlanError> Errors { get; } = errors;

    private static string Describe(string file, IReadOnlyList<PlanError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return string.Join('\n', errors.Select(error => $"{Place(file, error)}: {error.Message}"));
    }

    private static string Place(string file, PlanError error) => error switch
    {
        { Line: <= 0 } => file,
        { Column: <= 0 } => string.Create(null, $"{file}:{error.Line}"),
        _ => string.Create(null, $"{file}:{error.Line}:{error.Column}"),
    };
}
