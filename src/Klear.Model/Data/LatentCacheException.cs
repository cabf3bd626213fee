namespace Klear.Model.Data;

/// <summary>A cache of latents could not be written, or is not what it says. The message names the file and what to do.</summary>
public sealed class LatentCacheException : Exception
{
    /// <summary>Says what and where.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public LatentCacheException(string message)
        : base(message)
    {
    }

    /// <summary>Says what and where.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LatentCacheException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
