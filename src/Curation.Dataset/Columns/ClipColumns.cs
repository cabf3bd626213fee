using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Columns;

/// <summary>The columns of <c>triplets</c>, <c>held</c> and <c>rejected</c>, in the order of the contract.</summary>
internal static class ClipColumns
{
    /// <summary>Raise it when the files of the same rows would change: it is part of every shard's name.</summary>
    public const string Version = "2";

    /// <summary>The columns that only some tables have.</summary>
    public const string RejectedBy = "rejected_by", Reason = "reason";

    /// <summary>What <c>curate dedup</c> compares, and what it writes.</summary>
    public const string PictureSignature = "picture_signature", SoundSignature = "sound_signature", DuplicateOf = "duplicate_of", DuplicateKind = "duplicate_kind";

    /// <summary>Fresh columns, ready to collect.</summary>
    /// <param name="outcome">Which table: rejected and held rows say why. Null for rows of any table, which have all columns.</param>
    public static IReadOnlyList<Column<ClipRecord>> For(ClipOutcome? outcome)
    {
        var columns = new List<Column<ClipRecord>>();
        void Add(Leaf<ClipRecord> leaf) => columns.Add(new PlainColumn<ClipRecord>(leaf));

        Add(Leaf<ClipRecord>.Text("clip_id", clip => clip.Id.Value, nullable: false));
        Add(Leaf<ClipRecord>.Label("source_uri", clip => clip.SourceUri, nullable: false));
        Add(Leaf<ClipRecord>.Label("source_sha256", clip => clip.SourceSha256, nullable: false));
        Add(Leaf<ClipRecord>.Number("start_s", clip => clip.Span.Start.TotalSeconds, nullable: false));
        Add(Leaf<ClipRecord>.Number("end_s", clip => clip.Span.End.TotalSeconds, nullable: false));
        Add(Leaf<ClipRecord>.Number("duration_s", clip => clip.Span.Duration.TotalSeconds, nullable: false));
        Add(Leaf<ClipRecord>.Integer("width", clip => clip.Width, nullable: false));
        Add(Leaf<ClipRecord>.Integer("height", clip => clip.Height, nullable: false));
        Add(Leaf<ClipRecord>.Number("fps", clip => clip.FramesPerSecond, nullable: false));
        Add(Leaf<ClipRecord>.Label("split", clip => clip.Split?.ToName(), nullable: outcome != ClipOutcome.Retained));
        Add(Leaf<ClipRecord>.Text("media_path", clip => clip.MediaPath));
        Add(Leaf<ClipRecord>.Text("media_sha256", clip => clip.MediaSha256));
        Add(Leaf<ClipRecord>.Text("poster_path", clip => clip.PosterPath));
        Add(Leaf<ClipRecord>.Text("caption", clip => clip.Caption));
        Add(Leaf<ClipRecord>.Text("video_caption", clip => clip.VideoCaption));
        Add(Leaf<ClipRecord>.Text("audio_caption", clip => clip.AudioCaption));
        Add(Leaf<ClipRecord>.Text("transcript", clip => clip.Transcript));
        Add(Leaf<ClipRecord>.Label("language", clip => clip.Language));
        columns.Add(Speakers());
        columns.Add(Words());
        columns.Add(Annotations());
        foreach (var definition in MeasurementCatalog.All) Add(Leaf<ClipRecord>.Number(definition.Name, clip => ValueOf(clip, definition.Name)));
        columns.Add(Measurements());
        columns.Add(Verdicts());
        if (outcome is null or ClipOutcome.Rejected) Add(Leaf<ClipRecord>.Label(RejectedBy, clip => clip.RejectedBy, nullable: outcome is null));
        if (outcome != ClipOutcome.Retained) Add(Leaf<ClipRecord>.Label(Reason, clip => clip.Reason));
        Add(Leaf<ClipRecord>.Label("policy_sha256", clip => clip.PolicySha256, nullable: false));
        Add(Leaf<ClipRecord>.Label("pipeline_version", clip => clip.PipelineVersion, nullable: false));
        Add(Leaf<ClipRecord>.Label("licence", clip => clip.Licence));
        Add(Leaf<ClipRecord>.Label("rights", clip => clip.Rights));
        Add(Leaf<ClipRecord>.Text(DuplicateOf, clip => clip.DuplicateOf));
        Add(Leaf<ClipRecord>.Label(DuplicateKind, clip => clip.DuplicateKind));
        Add(Leaf<ClipRecord>.Text(PictureSignature, clip => clip.PictureSignature));
        Add(Leaf<ClipRecord>.Text(SoundSignature, clip => clip.SoundSignature));
        return columns;
    }

    /// <summary>The names of a table's columns, in their order.</summary>
    public static IEnumerable<string> NamesFor(ClipOutcome outcome) => For(outcome).Select(column => column.Field.Name);

    private static double? ValueOf(ClipRecord clip, string name)
    {
        foreach (var measurement in clip.Measurements)
        {
            if (measurement.Name == name) return measurement.Value;
        }

        return null;
    }

    private static ListColumn<ClipRecord, Speaker> Speakers() => new(
        "speakers",
        clip => clip.Speakers,
        Leaf<Speaker>.Label("id", speaker => speaker.Id, nullable: false),
        Leaf<Speaker>.Label("gender", speaker => speaker.Gender),
        Leaf<Speaker>.Number("gender_confidence", speaker => speaker.GenderConfidence),
        Leaf<Speaker>.Number("age", speaker => speaker.Age),
        Leaf<Speaker>.Number("start_s", speaker => speaker.StartSeconds, nullable: false),
        Leaf<Speaker>.Number("end_s", speaker => speaker.EndSeconds, nullable: false));

    private static ListColumn<ClipRecord, Word> Words() => new(
        "words",
        clip => clip.Words,
        Leaf<Word>.Text("text", word => word.Text, nullable: false),
        Leaf<Word>.Number("start_s", word => word.StartSeconds, nullable: false),
        Leaf<Word>.Number("end_s", word => word.EndSeconds, nullable: false),
        Leaf<Word>.Label("speaker", word => word.Speaker));

    private static ListColumn<ClipRecord, Annotation> Annotations() => new(
        "annotations",
        clip => clip.Annotations,
        Leaf<Annotation>.Label("kind", annotation => annotation.Kind, nullable: false),
        Leaf<Annotation>.Text("text", annotation => annotation.Text, nullable: false),
        Leaf<Annotation>.Label("model", annotation => annotation.Model, nullable: false),
        Leaf<Annotation>.Label("model_version", annotation => annotation.ModelVersion, nullable: false),
        Leaf<Annotation>.Number("confidence", annotation => annotation.Confidence));

    private static ListColumn<ClipRecord, Measurement> Measurements() => new(
        "measurements",
        clip => clip.Measurements,
        Leaf<Measurement>.Label("name", measurement => measurement.Name, nullable: false),
        Leaf<Measurement>.Number("value", measurement => measurement.Value),
        Leaf<Measurement>.Label("unit", measurement => measurement.Unit, nullable: false),
        Leaf<Measurement>.Label("method", measurement => measurement.Method, nullable: false),
        Leaf<Measurement>.Label("method_version", measurement => measurement.MethodVersion, nullable: false),
        Leaf<Measurement>.Label("state", measurement => measurement.State.ToText(), nullable: false),
        Leaf<Measurement>.Label("reason", measurement => measurement.Reason));

    private static ListColumn<ClipRecord, Verdict> Verdicts() => new(
        "verdicts",
        clip => clip.Verdicts,
        Leaf<Verdict>.Label("filter", verdict => verdict.Filter, nullable: false),
        Leaf<Verdict>.Label("outcome", verdict => verdict.Outcome.ToText(), nullable: false),
        Leaf<Verdict>.Number("value", verdict => verdict.Value),
        Leaf<Verdict>.Label("limit", verdict => verdict.Limit, nullable: false),
        Leaf<Verdict>.Label("reason", verdict => verdict.Reason));
}
