namespace Curation.Grains;

/// <summary>Tells trouble of the cluster, which passes when silos have changed places or the small state is back, from bugs.</summary>
public static class ClusterTrouble
{
    /// <summary>Whether an exception is such trouble. Orleans makes its own of whatever a grain's storage throws; a silo that stops disposes of what calls need.</summary>
    /// <param name="error">The exception; null for none.</param>
    /// <returns>True where the same call may succeed later.</returns>
    public static bool Is(Exception? error) => error is OrleansException or TimeoutException or ObjectDisposedException;
}
