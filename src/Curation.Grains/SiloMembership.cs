using Orleans.Configuration;

namespace Curation.Grains;

/// <summary>How soon the silos of a cluster take one of them for dead.</summary>
public static class SiloMembership
{
    // A dead silo is found by three probes missed, 2 s apart at the start and adapted to the answers seen since: about 7 s, under 15 s
    // with all delays. Shorter ones could take a silo whose cores are all decoding for dead; a connection that still
    // delivers messages, and a second silo's vote where there is one, keep a slow silo alive. Uncalibrated.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);
    private const int MissedProbes = 3;
    private const int Votes = 2;

    /// <summary>Sets the times.</summary>
    /// <param name="options">A silo's options.</param>
    public static void Configure(ClusterMembershipOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        options.ProbeTimeout = ProbeTimeout;
        options.NumMissedProbesLimit = MissedProbes;
        options.NumVotesForDeathDeclaration = Votes;
        options.TableRefreshTimeout = TableRefresh;
        options.IAmAliveTablePublishTimeout = TableRefresh;
    }
}
