using System.Globalization;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Calibration;

/// <summary>A base policy over the clips of a snapshot: what both ways of calibrating start from.</summary>
internal sealed class CalibrationBasis
{
    /// <summary>Lays the policy over the clips.</summary>
    public CalibrationBasis(Policy policy, MeasuredClips clips)
    {
        Policy = policy;
        Table = PolicyTable.Lay(policy, clips);
        Before = Table.Decide(policy.Limits);
    }

    /// <summary>The base policy.</summary>
    public Policy Policy { get; }

    /// <summary>Its limits over the clips.</summary>
    public PolicyTable Table { get; }

    /// <summary>What it makes of them.</summary>
    public PolicyOutcomes Before { get; }

    /// <summary>Limits that hold clips because no clip has their measurement.</summary>
    public IReadOnlyList<string> Waiting => [.. Table.Columns.Where(column => column.OnlyHolds).Select(column => column.Limit.Name)];

    /// <summary>Why a limit cannot be moved at all.</summary>
    /// <param name="column">The limit.</param>
    /// <returns>Null where it may be.</returns>
    public (LimitMove Move, string Note)? WhyNot(LimitColumn column)
    {
        var clips = Count(Table.Rows, "clip");
        if (column.Judged == 0)
        {
            return (LimitMove.NotCalibrated, column.Limit.For.Count == 0
                ? $"not calibrated: unmeasured in all {clips}"
                : $"not calibrated: no clip that it applies to has it, of {clips}");
        }

        return FixedLimits.Why(MeasurementCatalog.Get(column.Limit.Name)) is { } why ? (LimitMove.Fixed, why) : null;
    }

    /// <summary>The result of other bounds.</summary>
    /// <param name="limits">The base policy's limits with other bounds.</param>
    /// <param name="name">Name of the new policy.</param>
    /// <param name="describe">Says of each limit, by its place, what was done with it.</param>
    public CalibrationResult Propose(IReadOnlyList<Limit> limits, string name, Func<int, LimitCalibration, LimitCalibration> describe)
    {
        var after = Table.Decide(limits);
        var proposed = Policy with { Name = name, Limits = limits };
        var calibrations = limits.Select((limit, place) => describe(place, new LimitCalibration(
            Table.Columns[place].Limit, limit, LimitMove.Kept, "", Table.Columns[place].Judged, Effect(Before, place), Effect(after, place))));
        return new CalibrationResult(Policy, proposed with { Sha256 = Policies.CanonicalPolicy.Sha256(proposed) }, [.. calibrations], OutcomeCounts.Of(Before), OutcomeCounts.Of(after))
        {
            Waiting = Waiting,
        };
    }

    /// <summary>A count with its noun.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static LimitEffect Effect(PolicyOutcomes outcomes, int place) =>
        new(outcomes.Rejects[place], outcomes.OnlyRejects[place], outcomes.Passes + outcomes.Freed[place]);
}
