namespace Curation.Grains.FileState;

/// <summary>A state folder cannot be used. The message says which, why, and what to do.</summary>
public sealed class StateFolderException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public StateFolderException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">Which folder, why, and what to do.</param>
    public StateFolderException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Which folder, why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public StateFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
