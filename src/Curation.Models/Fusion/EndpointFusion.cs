using System.Globalization;
using System.Text;
using System.Text.Json;
using Curation.Models.Endpoints;

namespace Curation.Models.Fusion;

/// <summary>
/// One dense caption by an endpoint in the slot <c>fuse</c>. What it writes must pass the same checks as any caption; where it does
/// not, or does not answer, the caption is the model-free one and says why.
/// </summary>
public sealed class EndpointFusion
{
    private const int ShortestSentence = 8;
    private const int LongestSentence = 600;
    private const int MostSentences = 40;

    private static readonly Dictionary<string, string> Members = new()
    {
        ["sentences"] = """
            {"type":"array","items":{"type":"object","properties":{"text":{"type":"string"},"sources":{"type":"array","items":{"type":"integer"}}},"required":["text","sources"],"additionalProperties":false}}
            """,
    };

    private readonly EndpointClient _client;
    private readonly Prompt _prompt = Prompt.Load("fuse");

    /// <summary>A fuser.</summary>
    /// <param name="client">An endpoint in the slot <c>fuse</c>.</param>
    public EndpointFusion(EndpointClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>Fuses what is known of a clip.</summary>
    /// <param name="material">The clip; pictures and sound are not sent.</param>
    /// <param name="input">Everything known of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The endpoint's caption, or the model-free one with the reason.</returns>
    public async Task<FusedCaption> FuseAsync(ClipMaterial material, FusionInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(material);
        ArgumentNullException.ThrowIfNull(input);

        var template = TemplateFusion.Fuse(input);
        if (template.Claims.Count == 0) return template;

        // What a fact contradicts is not shown: a model may not be led by it.
        var notes = FusionNotes.From(input, template);
        var shown = material with { Frames = [], Wave = default, Transcript = null };
        var question = new EndpointQuestion(_prompt, shown, notes.Text) { Members = Members };
        var result = await _client.AskAsync(question, (json, version) => Read(json, version, question.Binding, notes.Sources.Count), cancellationToken).ConfigureAwait(false);
        if (result.Value is not { } draft)
        {
            return template with
            {
                FallbackReason = $"{EndpointSlots.Fuse}: {result.Failure!.Reason}",
                MayComeLater = result.Failure.Kind is EndpointFailureKind.Absent or EndpointFailureKind.Unreachable,
            };
        }

        return Fault(draft, input, notes) is { } fault
            ? template with { FallbackReason = $"{EndpointSlots.Fuse}: {_client.Model} {fault}" }
            : new FusedCaption(
                string.Join(' ', draft.Sentences.Select(sentence => sentence.Text)),
                [.. draft.Sentences.Select(sentence => new FusedClaim(sentence.Text, [.. sentence.Sources.Select(source => notes.Sources[source])]))],
                template.Dropped,
                _client.Model,
                draft.Version);
    }

    private static string? Fault(Draft draft, FusionInput input, FusionNotes notes)
    {
        var facts = FusionFacts.From(input);
        foreach (var (text, sources) in draft.Sentences)
        {
            var cited = sources.Select(source => notes.Lines[source]).ToList();
            var isHeard = sources.All(source => notes.IsHeard[source]);
            if (Contradictions.Find(text, isHeard, facts) is { } contradiction) return $"{contradiction} ('{text}')";
            if (SoundWords.FirstUnsupported(text, cited, facts.HasVoice && sources.Any(source => notes.IsHeard[source])) is { } sound) return $"names a sound that none of the notes it cites names: {sound} ('{text}')";
            if (Grounding.Missing(text, cited) is { } missing) return $"says what the notes it cites do not: {missing} ('{text}')";
        }

        return null;
    }

    private static AnswerReading<Draft> Read(JsonElement json, string version, string binding, int notes)
    {
        if (!json.TryGetProperty("sentences", out var list) || list.ValueKind != JsonValueKind.Array) return AnswerReading<Draft>.Malformed("the member 'sentences' is missing or no list");
        if (list.GetArrayLength() is 0 or > MostSentences) return AnswerReading<Draft>.Rejected($"there are {list.GetArrayLength()} sentences, not 1 to {MostSentences}");

        var sentences = new List<DraftSentence>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object) return AnswerReading<Draft>.Malformed("a sentence is no object");

            var answer = new AnswerObject(entry);
            var text = answer.Prose("text", ShortestSentence, LongestSentence, binding);
            if (answer.Malformed is { } malformed) return AnswerReading<Draft>.Malformed(malformed);
            if (answer.Rejected is { } rejected) return AnswerReading<Draft>.Rejected(rejected);
            if (Sources(entry, notes) is not { } sources) return AnswerReading<Draft>.Malformed("a sentence cites no note, or one that does not exist");

            sentences.Add(new DraftSentence(text, sources));
        }

        return AnswerReading<Draft>.Good(new Draft(sentences, version));
    }

    private static List<int>? Sources(JsonElement entry, int notes)
    {
        if (!entry.TryGetProperty("sources", out var list) || list.ValueKind != JsonValueKind.Array) return null;

        var sources = new List<int>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var source) || source < 0 || source >= notes) return null;

            if (!sources.Contains(source)) sources.Add(source);
        }

        return sources.Count == 0 ? null : sources;
    }

    private sealed record Draft(IReadOnlyList<DraftSentence> Sentences, string Version);

    private sealed record DraftSentence(string Text, IReadOnlyList<int> Sources);

    /// <summary>The numbered lines that the model is shown, and what each rests on.</summary>
    private sealed record FusionNotes(string Text, IReadOnlyList<string> Lines, IReadOnlyList<ClaimSource> Sources, IReadOnlyList<bool> IsHeard)
    {
        public static FusionNotes From(FusionInput input, FusedCaption template)
        {
            var lines = new List<string>();
            var sources = new List<ClaimSource>();
            var heard = new List<bool>();
            void Add(string line, ClaimSource source, bool isHeard)
            {
                lines.Add(line);
                sources.Add(source);
                heard.Add(isHeard);
            }

            for (var index = 0; index < input.Annotations.Count; index++)
            {
                var annotation = input.Annotations[index];
                if (annotation.Kind is not ("video_caption" or "audio_caption")) continue;

                var dropped = template.Dropped.Where(drop => drop.Source.AnnotationIndex == index).Select(drop => drop.Sentence).ToHashSet();
                var kept = string.Join(' ', Fusion.Sentences.Split(annotation.Text).Where(sentence => !dropped.Contains(sentence)));
                if (kept.Length > 0) Add($"{annotation.Kind} by {annotation.Model}: {kept}", ClaimSource.Annotation(index), annotation.Kind == "audio_caption");
            }

            // What the model-free caption says beyond the captions: speech, tags, measurements.
            foreach (var claim in template.Claims.Where(claim => claim.Sources.All(source => source.AnnotationIndex is null))) Add(claim.Sentence, claim.Sources[0], isHeard: true);

            if (input.Transcript is { Length: > 0 } transcript && !sources.Contains(ClaimSource.Transcript)) Add($"transcript: \"{transcript.Replace('"', '\'')}\"", ClaimSource.Transcript, isHeard: true);

            var text = new StringBuilder();
            for (var i = 0; i < lines.Count; i++) text.Append(CultureInfo.InvariantCulture, $"[{i}] {lines[i].ReplaceLineEndings(" ")}\n");
            return new FusionNotes(text.ToString(), lines, sources, heard);
        }
    }
}
