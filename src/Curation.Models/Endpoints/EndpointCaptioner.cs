using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>Captions by an endpoint.</summary>
public sealed class EndpointCaptioner
{
    private const int ShortestCaption = 10;
    private const int LongestCaption = 6000;

    private static readonly Dictionary<string, string> Members = new()
    {
        ["caption"] = """{"type":"string"}""",
        ["sounds"] = """{"type":"array","items":{"type":"string"}}""",
        ["confidence"] = """{"type":"number"}""",
    };

    private readonly EndpointClient _client;
    private readonly Prompt _prompt;

    /// <summary>A captioner for the client's slot.</summary>
    /// <param name="client">An endpoint in one of the <c>caption.*</c> slots.</param>
    public EndpointCaptioner(EndpointClient client)
    {
        ArgumentNullException.ThrowIfNull(client);

        _client = client;
        _prompt = Prompt.Load(client.Slot switch
        {
            EndpointSlots.CaptionOmni or EndpointSlots.CaptionGemini => "caption.audio",
            EndpointSlots.CaptionVideo or EndpointSlots.CaptionVideoExpert => "caption.video",
            var slot => throw new ArgumentException($"'{slot}' is no slot of a captioner.", nameof(client)),
        });
        AnnotationKind = _prompt.Name == "caption.audio" ? "audio_caption" : "video_caption";
    }

    /// <summary>The slot.</summary>
    public string Slot => _client.Slot;

    /// <summary>What the captions are about: <c>video_caption</c> or <c>audio_caption</c>.</summary>
    public string AnnotationKind { get; }

    /// <summary>Captions a clip.</summary>
    /// <param name="material">Pictures for <c>video_caption</c>; sound, and pictures where the model sees, for <c>audio_caption</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A caption, or why there is none.</returns>
    public Task<EndpointResult<ClipCaption>> CaptionAsync(ClipMaterial material, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Frames.Count == 0 && material.Wave.IsEmpty) throw new ArgumentException($"Clip {material.Id} comes without pictures and without sound.", nameof(material));

        var data = string.IsNullOrWhiteSpace(material.Transcript) ? "" : $"Transcript of the clip, by another model:\n{material.Transcript}";
        var question = new EndpointQuestion(_prompt, material, data) { Members = Members };
        return _client.AskAsync(question, (json, version) => Read(json, version, question.Binding), cancellationToken);
    }

    private AnswerReading<ClipCaption> Read(JsonElement json, string version, string binding)
    {
        var answer = new AnswerObject(json);
        var text = answer.Prose("caption", ShortestCaption, LongestCaption, binding);
        var sounds = answer.Tags("sounds");
        var confidence = answer.Confidence();
        return answer.Finish(() => new ClipCaption(text, sounds, _client.Model, version, confidence));
    }
}
