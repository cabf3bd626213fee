namespace Curation.Grains;

/// <summary>A source's silo died, sent it away or did not answer: nothing is known against the source.</summary>
internal sealed class SourceLostException(Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Whether an exception of a call means that the call was lost, rather than that the work failed. A silo that stops disposes of what calls need.</summary>
    public static bool Means(Exception error) => error is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException;
}
