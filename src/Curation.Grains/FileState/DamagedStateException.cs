namespace Curation.Grains.FileState;

/// <summary>A grain's file does not hold what was written. It was moved aside, so that nothing overwrites it and the next activation starts without it.</summary>
public sealed class DamagedStateException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public DamagedStateException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">Whose state, where it lay, where it lies now, and what is wrong with it.</param>
    public DamagedStateException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Whose state, where it lay, where it lies now, and what is wrong with it.</param>
    /// <param name="innerException">The cause.</param>
    public DamagedStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
