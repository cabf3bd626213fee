using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Tests.Report;

/// <summary>Single rows whose place in the report is known.</summary>
internal static class Rows
{
    public static Policy Policy(params Limit[] limits) => new("test") { Sha256 = new string('a', 64), Limits = limits };

    public static ClipRecord Clip(Policy policy, int place, params Measurement[] measurements) =>
        Clip(policy, place, 4, measurements);

    public static ClipRecord Clip(Policy policy, int place, double seconds, params Measurement[] measurements)
    {
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        var judgement = PolicyJudge.Judge(policy, span, Split.Sound, measurements);
        return new ClipRecord
        {
            Id = new ClipId(place.ToString("x32", CultureInfo.InvariantCulture)),
            SourceUri = "file:///in/a.mp4",
            SourceSha256 = new string('0', 64),
            Span = span,
            Width = 640,
            Height = 480,
            FramesPerSecond = 25,
            Split = Split.Sound,
            Measurements = measurements,
            Verdicts = judgement.Verdicts,
            Outcome = judgement.Outcome,
            RejectedBy = judgement.RejectedBy,
            Reason = judgement.Reason,
            PolicySha256 = policy.Sha256,
            PipelineVersion = "1",
        };
    }

    public static Measurement Value(string name, double value) => Measurement.Measured(name, value, "signal-test", "1");
}
