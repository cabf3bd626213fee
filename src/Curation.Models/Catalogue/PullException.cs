namespace Curation.Models.Catalogue;

/// <summary>A file could not be pulled; nothing was put in its place.</summary>
public sealed class PullException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">What went wrong with which address, and what is left.</param>
    public PullException(string message)
        : base(message)
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">What went wrong with which address, and what is left.</param>
    /// <param name="innerException">What happened.</param>
    public PullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
