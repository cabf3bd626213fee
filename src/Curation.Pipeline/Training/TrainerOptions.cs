namespace Curation.Pipeline.Training;

/// <summary>Which trainer is started.</summary>
public sealed record TrainerOptions
{
    /// <summary>
    /// Full path of a program, or of a .dll for <c>dotnet</c>, that understands <c>klear train</c>'s arguments. A script has to end in <c>exec</c>,
    /// or what it starts outlives it. Null for the klear beside this program or in its repository.
    /// </summary>
    public string? Command { get; init; }
}
