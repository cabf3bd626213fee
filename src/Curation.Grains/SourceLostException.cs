namespace Curation.Grains;

/// <summary>A source's silo died or did not answer: nothing is known against the source.</summary>
internal sealed class SourceLostException(Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>Whether an exception of a call means that the call was lost, rather than that the work failed or has to wait.</summary>
    public static bool Means(Exception error) =>
        (ClusterTrouble.Is(error) || error is OperationCanceledException) && !RunPatience.MustWait(error);

    /// <summary>Whether it is what a caller hears of a silo that died under its call. A silo that stops in order answers, and is not blamed on its sources.</summary>
    public static bool MayBeDeath(Exception error) => error is SiloUnavailableException or TimeoutException;
}
