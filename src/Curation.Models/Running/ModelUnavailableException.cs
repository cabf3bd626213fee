namespace Curation.Models.Running;

/// <summary>A model cannot be used; the message is the reason that the slot reports.</summary>
public sealed class ModelUnavailableException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">What is wrong with which file, and what to do.</param>
    public ModelUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">What is wrong with which file, and what to do.</param>
    /// <param name="innerException">What the runtime said.</param>
    public ModelUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
