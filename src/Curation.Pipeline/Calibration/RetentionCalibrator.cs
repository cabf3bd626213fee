using System.Globalization;
using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>Moves the limits of a policy until a wanted share of the clips passes.</summary>
/// <remarks>
/// <para><b>Retention</b> is the share of all clips of the snapshot (triplets, held and rejected) that pass every limit whose measurement any
/// clip has. Limits whose measurement no clip has can neither be moved nor counted: where they hold clips, those that pass wait for them.
/// Without such limits it is the share that is retained when the clips are judged again.</para>
/// <para>All limits that may be moved go along the quantiles of their own values by one common strength, each as far as its measurement tells
/// clips apart (<see cref="LimitTrack"/>). The strength is found by bisection, since the clips that pass only get fewer as it grows. Limits that
/// take a step at the same strength take it one after another in the policy's order. One whose step would go past the target, as many equal
/// values can, stays where it is, and the others go on.</para>
/// <para>Quantiles are taken over the clips that these limits decide on: those that are not too short, that lack no measurement the policy
/// waits for, and that pass the limits which are never moved. Of all that was met on the way the nearest share is taken, of two equally
/// near the larger. Limits of what is measured on the written clip are asked only of clips that were cut, as when clips are judged again.</para>
/// </remarks>
public static class RetentionCalibrator
{
    /// <summary>Proposes a policy.</summary>
    /// <param name="policy">Where to start.</param>
    /// <param name="clips">What was measured.</param>
    /// <param name="target">The wanted retention: above 0, at most 1.</param>
    /// <param name="name">Name of the new policy.</param>
    /// <returns>The policy and what it does.</returns>
    /// <exception cref="CalibrationException">No bounds could let any clip pass.</exception>
    public static CalibrationResult Calibrate(Policy policy, MeasuredClips clips, double target, string name)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clips);
        if (target is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(target), target, "a retention is above 0 and at most 1");

        var basis = new CalibrationBasis(policy, clips);
        var decided = DecidedClips.Of(basis);
        if (decided.Rows.Length == 0) throw new CalibrationException(["no bounds could let any clip pass: " + string.Join("; ", decided.Left) + ". Give a policy that does not ask for what is not measured (--policy), or measure it."]);

        var tracks = decided.Tracks(basis);
        var found = new RetentionSearch(tracks, decided.Rows.Length).Find(target * clips.Rows);
        var limits = policy.Limits.ToArray();
        foreach (var (place, track) in tracks) limits[place] = track.LimitAt(found.Steps[place]);

        return basis.Propose(limits, name, (place, limit) => Describe(basis, limit, place, tracks.GetValueOrDefault(place))) with
        {
            Target = target,
            Strength = found.Strength,
            Decided = decided.Rows.Length,
            Undecidable = decided.Left,
        };
    }

    private static LimitCalibration Describe(CalibrationBasis basis, LimitCalibration limit, int place, LimitTrack? track)
    {
        if (basis.WhyNot(basis.Table.Columns[place]) is var (move, note)) return limit with { Move = move, Note = note };
        if (track is null) return limit with { Move = LimitMove.NotCalibrated, Note = "not calibrated: no clip that these limits decide on has a value that it judges" };

        limit = limit with { Information = track.Weight };
        return limit.New == limit.Old
            ? limit with { Note = track.Count == 1 ? "one clip alone says nothing" : track.Weight == 0 ? "all clips have the same value" : "did not have to move" }
            : limit with { Move = LimitMove.Moved, Note = string.Create(CultureInfo.InvariantCulture, $"by the quantiles of {CalibrationBasis.Count(track.Count, "clip")}") };
    }
}
