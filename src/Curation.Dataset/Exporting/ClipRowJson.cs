using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;

namespace Curation.Dataset.Exporting;

/// <summary>A row of <c>triplets</c> as one JSON object on one line: the names, the order and the values of its Parquet columns. What is null there is null here, so every object has the same names.</summary>
internal sealed class ClipRowJson : IDisposable
{
    // Captions stay readable: the files are no part of a web page, which is what the default escapes for.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const double LargestPlain = 1e15;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public ClipRowJson() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>The object of a clip.</summary>
    /// <returns>Its bytes, without a line break; valid until the next call.</returns>
    public ReadOnlyMemory<byte> Write(ClipRecord clip)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        WritePlain(clip);
        Each("speakers", clip.Speakers, WriteSpeaker);
        Each("words", clip.Words, WriteWord);
        Each("annotations", clip.Annotations, WriteAnnotation);
        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var measurement in clip.Measurements) values.TryAdd(measurement.Name, measurement.Value);
        foreach (var definition in MeasurementCatalog.All) Number(definition.Name, values.GetValueOrDefault(definition.Name));
        Each("measurements", clip.Measurements, WriteMeasurement);
        Each("verdicts", clip.Verdicts, WriteVerdict);
        _json.WriteString("policy_sha256", clip.PolicySha256);
        _json.WriteString("pipeline_version", clip.PipelineVersion);
        _json.WriteString("licence", clip.Licence);
        _json.WriteString("rights", clip.Rights);
        _json.WriteString(ClipColumns.DuplicateOf, clip.DuplicateOf);
        _json.WriteString(ClipColumns.DuplicateKind, clip.DuplicateKind);
        _json.WriteString(ClipColumns.PictureSignature, clip.PictureSignature);
        _json.WriteString(ClipColumns.SoundSignature, clip.SoundSignature);
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    private void WritePlain(ClipRecord clip)
    {
        _json.WriteString("clip_id", clip.Id.Value);
        _json.WriteString("source_uri", clip.SourceUri);
        _json.WriteString("source_sha256", clip.SourceSha256);
        Number("start_s", clip.Span.Start.TotalSeconds);
        Number("end_s", clip.Span.End.TotalSeconds);
        Number("duration_s", clip.Span.Duration.TotalSeconds);
        _json.WriteNumber("width", clip.Width);
        _json.WriteNumber("height", clip.Height);
        Number("fps", clip.FramesPerSecond);
        _json.WriteString("split", ExportNames.SplitOf(clip));
        _json.WriteString("media_path", clip.MediaPath);
        _json.WriteString("media_sha256", clip.MediaSha256);
        _json.WriteString("poster_path", clip.PosterPath);
        _json.WriteString("caption", clip.Caption);
        _json.WriteString("video_caption", clip.VideoCaption);
        _json.WriteString("audio_caption", clip.AudioCaption);
        _json.WriteString("transcript", clip.Transcript);
        _json.WriteString("language", clip.Language);
    }

    private void WriteSpeaker(Speaker speaker)
    {
        _json.WriteString("id", speaker.Id);
        _json.WriteString("gender", speaker.Gender);
        Number("gender_confidence", speaker.GenderConfidence);
        Number("age", speaker.Age);
        Number("start_s", speaker.StartSeconds);
        Number("end_s", speaker.EndSeconds);
    }

    private void WriteWord(Word word)
    {
        _json.WriteString("text", word.Text);
        Number("start_s", word.StartSeconds);
        Number("end_s", word.EndSeconds);
        _json.WriteString("speaker", word.Speaker);
    }

    private void WriteAnnotation(Annotation annotation)
    {
        _json.WriteString("kind", annotation.Kind);
        _json.WriteString("text", annotation.Text);
        _json.WriteString("model", annotation.Model);
        _json.WriteString("model_version", annotation.ModelVersion);
        Number("confidence", annotation.Confidence);
    }

    private void WriteMeasurement(Measurement measurement)
    {
        _json.WriteString("name", measurement.Name);
        Number("value", measurement.Value);
        _json.WriteString("unit", measurement.Unit);
        _json.WriteString("method", measurement.Method);
        _json.WriteString("method_version", measurement.MethodVersion);
        _json.WriteString("state", measurement.State.ToText());
        _json.WriteString("reason", measurement.Reason);
    }

    private void WriteVerdict(Verdict verdict)
    {
        _json.WriteString("filter", verdict.Filter);
        _json.WriteString("outcome", verdict.Outcome.ToText());
        Number("value", verdict.Value);
        _json.WriteString("limit", verdict.Limit);
        _json.WriteString("reason", verdict.Reason);
    }

    private void Each<T>(string name, IReadOnlyList<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Number(string name, double? value)
    {
        _json.WritePropertyName(name);
        if (value is not { } number) _json.WriteNullValue();

        // Readers that guess the type of a column take 9 for an integer, and fall over the 9.5 some thousand lines later.
        else if (double.IsInteger(number) && Math.Abs(number) < LargestPlain) _json.WriteRawValue(number.ToString("0.0", CultureInfo.InvariantCulture));
        else _json.WriteNumberValue(number);
    }
}
