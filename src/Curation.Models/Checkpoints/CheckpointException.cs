namespace Curation.Models.Checkpoints;

/// <summary>A checkpoint is damaged, of an unknown kind or refused; nothing of it was executed.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Says what and where.</summary>
    /// <param name="message">The file, the place in it and what is wrong there.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Says what and where.</summary>
    /// <param name="message">The file, the place in it and what is wrong there.</param>
    /// <param name="innerException">What the system said.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
