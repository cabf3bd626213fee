using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Columns;

/// <summary>Makes clips and quarantine records of rows again.</summary>
internal static class ClipRows
{
    /// <summary>One clip. Its measurements come from the list, which holds methods and reasons, not from the columns.</summary>
    public static ClipRecord Clip(RowGroupData data, int row, ClipOutcome outcome) => new()
    {
        Id = new ClipId(data.RequiredText("clip_id", row)),
        SourceUri = data.RequiredText("source_uri", row),
        SourceSha256 = data.RequiredText("source_sha256", row),
        Span = new ClipSpan(Time(data.RequiredNumber("start_s", row)), Time(data.RequiredNumber("end_s", row))),
        Width = (int)(data.Integer("width", row) ?? 0),
        Height = (int)(data.Integer("height", row) ?? 0),
        FramesPerSecond = data.RequiredNumber("fps", row),
        Split = data.Text("split", row) is { } split ? SplitNames.Find(split) ?? throw new InvalidDataException($"'{split}' is not a split") : null,
        MediaPath = data.Text("media_path", row),
        MediaSha256 = data.Text("media_sha256", row),
        PosterPath = data.Text("poster_path", row),
        Caption = data.Text("caption", row),
        VideoCaption = data.Text("video_caption", row),
        AudioCaption = data.Text("audio_caption", row),
        Transcript = data.Text("transcript", row),
        Language = data.Text("language", row),
        Speakers = data.List("speakers", "id", row, (at, index) => new Speaker(
            data.RequiredText(at + "id", index), data.Text(at + "gender", index), data.Number(at + "gender_confidence", index), data.Number(at + "age", index), data.RequiredNumber(at + "start_s", index), data.RequiredNumber(at + "end_s", index))),
        Words = data.List("words", "text", row, (at, index) => new Word(
            data.RequiredText(at + "text", index), data.RequiredNumber(at + "start_s", index), data.RequiredNumber(at + "end_s", index), data.Text(at + "speaker", index))),
        Annotations = data.List("annotations", "kind", row, (at, index) => new Annotation(
            data.RequiredText(at + "kind", index), data.RequiredText(at + "text", index), data.RequiredText(at + "model", index), data.RequiredText(at + "model_version", index), data.Number(at + "confidence", index))),
        Measurements = data.List("measurements", "name", row, (at, index) => new Measurement(
            data.RequiredText(at + "name", index), data.Number(at + "value", index), data.RequiredText(at + "unit", index), data.RequiredText(at + "method", index), data.RequiredText(at + "method_version", index), EnumTexts.ParseState(data.RequiredText(at + "state", index)), data.Text(at + "reason", index))),
        Verdicts = data.List("verdicts", "filter", row, (at, index) => new Verdict(
            data.RequiredText(at + "filter", index), EnumTexts.ParseOutcome(data.RequiredText(at + "outcome", index)), data.Number(at + "value", index), data.RequiredText(at + "limit", index), data.Text(at + "reason", index))),
        Outcome = outcome,
        RejectedBy = data.Text("rejected_by", row),
        Reason = data.Text("reason", row),
        PolicySha256 = data.RequiredText("policy_sha256", row),
        PipelineVersion = data.RequiredText("pipeline_version", row),
        Licence = data.Text("licence", row),
        Rights = data.Text("rights", row),
        DuplicateOf = data.Text(ClipColumns.DuplicateOf, row),
        DuplicateKind = data.Text(ClipColumns.DuplicateKind, row),
        PictureSignature = data.Text(ClipColumns.PictureSignature, row),
        SoundSignature = data.Text(ClipColumns.SoundSignature, row),
    };

    /// <summary>One quarantined source.</summary>
    public static QuarantineRecord Quarantine(RowGroupData data, int row) => new(
        data.RequiredText("source_uri", row), data.Text("source_sha256", row), data.Integer("size_bytes", row), data.RequiredText("stage", row), data.RequiredText("reason", row));

    // Ticks are 100 ns: a double of seconds names every tick exactly for spans of up to 14 years.
    private static TimeSpan Time(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
