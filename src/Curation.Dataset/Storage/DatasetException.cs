namespace Curation.Dataset.Storage;

/// <summary>The data set could not be read or written. The message says what happened, where, and what to do.</summary>
public sealed class DatasetException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public DatasetException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same call may succeed later: the network, a store that is down or throttles, a full disk. False for what stays wrong until somebody changes it.</summary>
    public bool IsTransient { get; init; }
}
