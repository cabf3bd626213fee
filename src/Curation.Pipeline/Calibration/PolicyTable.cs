using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>A policy laid over all clips. It decides as <see cref="PolicyJudge"/> does, by columns.</summary>
internal sealed class PolicyTable
{
    private PolicyTable(Policy policy, LimitColumn[] columns, bool[] tooShort)
    {
        Policy = policy;
        Columns = columns;
        TooShort = tooShort;
    }

    /// <summary>The policy.</summary>
    public Policy Policy { get; }

    /// <summary>A column for each limit, in the policy's order.</summary>
    public IReadOnlyList<LimitColumn> Columns { get; }

    /// <summary>Clips that last less than the policy's minimum.</summary>
    public bool[] TooShort { get; }

    /// <summary>How many clips there are.</summary>
    public int Rows => TooShort.Length;

    /// <summary>Lays a policy over clips.</summary>
    public static PolicyTable Lay(Policy policy, MeasuredClips clips)
    {
        var tooShort = new bool[clips.Rows];
        for (var row = 0; row < tooShort.Length; row++)
        {
            // Lengths are stored as seconds and decided in ticks of 100 ns.
            tooShort[row] = (long)Math.Round(clips.Seconds[row] * TimeSpan.TicksPerSecond) < policy.ClipMin.Ticks;
        }

        return new PolicyTable(policy, [.. policy.Limits.Select(limit => LimitColumn.Read(policy, limit, clips))], tooShort);
    }

    /// <summary>Decides every clip with other bounds.</summary>
    /// <param name="limits">The policy's limits with other bounds; everything else of them is the same.</param>
    public PolicyOutcomes Decide(IReadOnlyList<Limit> limits)
    {
        var rejecting = new byte[Rows];
        var lacking = new byte[Rows];
        var waiting = new bool[Rows];
        var single = new byte[Rows];
        var rejects = new int[limits.Count];
        for (var place = 0; place < limits.Count; place++)
        {
            var (column, limit) = (Columns[place], limits[place]);
            for (var row = 0; row < rejecting.Length; row++)
            {
                switch (column.Standings[row])
                {
                    case Standing.Judged when !limit.Allows(column.Values[row]):
                    case Standing.Rejected:
                        rejects[place]++;
                        rejecting[row]++;
                        single[row] = (byte)place;
                        break;
                    case Standing.Held when column.OnlyHolds:
                        waiting[row] = true;
                        break;
                    case Standing.Held:
                        if (lacking[row]++ == 0 && rejecting[row] == 0) single[row] = (byte)place;
                        break;
                    default:
                        break;
                }
            }
        }

        return Count(rejecting, lacking, waiting, single, rejects);
    }

    private PolicyOutcomes Count(byte[] rejecting, byte[] lacking, bool[] waiting, byte[] single, int[] rejects)
    {
        var outcomes = new ClipOutcome[Rows];
        var passing = new bool[Rows];
        var only = new int[rejects.Length];
        var freed = new int[rejects.Length];
        for (var row = 0; row < outcomes.Length; row++)
        {
            var isOut = TooShort[row] || rejecting[row] > 0;
            outcomes[row] = isOut ? ClipOutcome.Rejected : lacking[row] > 0 || waiting[row] ? ClipOutcome.Held : ClipOutcome.Retained;
            passing[row] = !isOut && lacking[row] == 0;
            if (TooShort[row]) continue;

            if (rejecting[row] == 1) only[single[row]]++;
            if (rejecting[row] + lacking[row] == 1) freed[single[row]]++;
        }

        return new PolicyOutcomes(outcomes, passing, rejects, only, freed);
    }
}
