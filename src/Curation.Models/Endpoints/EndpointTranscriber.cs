using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>Transcripts by an endpoint that hears: the third transcriber beside Whisper and SenseVoice.</summary>
public sealed class EndpointTranscriber
{
    // Characters a second; fast speech has about 25. What is longer was not said in the time.
    private const double MostCharactersPerSecond = 60;
    private const int AlwaysAllowed = 60;

    private static readonly Dictionary<string, string> Members = new()
    {
        ["transcript"] = """{"type":"string"}""",
        ["language"] = """{"type":"string"}""",
        ["confidence"] = """{"type":"number"}""",
    };

    private readonly EndpointClient _client;
    private readonly Prompt _prompt = Prompt.Load("asr");

    /// <summary>A transcriber.</summary>
    /// <param name="client">An endpoint that takes sound.</param>
    public EndpointTranscriber(EndpointClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>Writes down what is said.</summary>
    /// <param name="material">The clip with its sound; pictures are not sent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A transcript, or why there is none.</returns>
    public Task<EndpointResult<ClipTranscript>> TranscribeAsync(ClipMaterial material, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Wave.IsEmpty) throw new ArgumentException($"Clip {material.Id} comes without sound.", nameof(material));

        var question = new EndpointQuestion(_prompt, material with { Frames = [], Transcript = null }, "") { Members = Members };
        var longest = AlwaysAllowed + (int)(MostCharactersPerSecond * material.DurationSeconds);
        return _client.AskAsync(question, (json, version) => Read(json, version, longest), cancellationToken);
    }

    private AnswerReading<ClipTranscript> Read(JsonElement json, string version, int longest)
    {
        var answer = new AnswerObject(json);
        var text = answer.Plain("transcript", longest);
        var language = answer.Language();
        var confidence = answer.Confidence();
        return answer.Finish(() => new ClipTranscript(text, language, _client.Model, version, confidence));
    }
}
