namespace Curation.Pipeline;

/// <summary>The place of the data set, of the sources or of the scratch files cannot be used now: it does not answer, or its disk is full.</summary>
/// <remarks>No source is at fault, so none may be quarantined for it. What is finished stands; the same work can be asked for again once the place is well.</remarks>
public sealed class StoreUnavailableException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">Which place, and what happened.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Which place, and what happened.</param>
    /// <param name="innerException">The cause.</param>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
