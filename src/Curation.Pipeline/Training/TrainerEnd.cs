namespace Curation.Pipeline.Training;

/// <summary>How a trainer ended.</summary>
/// <param name="ExitCode">As the system gives it; 128 and the signal's number where a signal ended it.</param>
/// <param name="LastLines">The last it said: of its error stream, else of its output; oldest first.</param>
public sealed record TrainerEnd(int ExitCode, IReadOnlyList<string> LastLines)
{
    /// <summary>All stages are done.</summary>
    public const int Done = 0;

    /// <summary>It stopped by itself and would again: diverged, no room, a damaged file.</summary>
    public const int Stopped = 1;

    /// <summary>The command, the plan or the data is wrong.</summary>
    public const int Wrong = 2;
}
