using Curation.Pipeline.Runs;

namespace Curation.Pipeline;

/// <summary>A source cannot be processed; it becomes quarantine, and the run goes on.</summary>
public sealed class SourceFailedException : Exception
{
    /// <summary>Made by the pipeline's stages.</summary>
    /// <param name="failure">Where, and why.</param>
    /// <param name="innerException">The cause.</param>
    public SourceFailedException(SourceFailure failure, Exception? innerException = null)
        : base(failure?.Reason, innerException)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>Where, and why.</summary>
    public SourceFailure Failure { get; }
}
