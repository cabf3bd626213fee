namespace Curation.Dataset.Storage;

/// <summary>Somebody else committed a snapshot in between. Nothing was changed; the commit may be tried again.</summary>
public sealed class DatasetConflictException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public DatasetConflictException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">What happened.</param>
    public DatasetConflictException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
