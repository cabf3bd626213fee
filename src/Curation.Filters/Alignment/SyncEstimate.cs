using Curation.Clips.Measuring;

namespace Curation.Filters.Alignment;

/// <summary>How late the sound of a clip is, as far as its signals tell.</summary>
/// <param name="OffsetSeconds">Seconds by which the sound is late, within +-2.5; negative is early; null where it could not be measured.</param>
/// <param name="Confidence">How far the offset can be trusted to 0.2 s, 0..1; 0 where there is no offset. Meant as a chance, calibrated on few sources.</param>
/// <param name="Reason">Why there is no offset; null where there is one.</param>
/// <param name="Curve">Agreement over lags; null where there is no offset.</param>
/// <param name="Peak">What the confidence was made from.</param>
public sealed record SyncEstimate(double? OffsetSeconds, double Confidence, string? Reason, SyncCurve? Curve, SyncPeak Peak)
{
    /// <summary>Method of both measurements.</summary>
    public const string Method = "signal-sync";

    /// <summary>Version of the method.</summary>
    public const string MethodVersion = "1";

    /// <summary>An estimate that could not be made.</summary>
    /// <param name="reason">Why, in words.</param>
    /// <returns>No offset, no confidence.</returns>
    public static SyncEstimate Unmeasured(string reason) => new(null, 0, reason, null, default);

    /// <summary>The two columns of the data set.</summary>
    /// <returns><c>sync_offset_s</c>, unmeasured with the reason where there is none, and <c>sync_confidence</c>, 0 in that case.</returns>
    public IReadOnlyList<Measurement> ToMeasurements() =>
    [
        Measurement.FromNullable("sync_offset_s", OffsetSeconds, Reason ?? "no offset was found", Method, MethodVersion),
        Measurement.Measured("sync_confidence", Confidence, Method, MethodVersion),
    ];
}
