using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>Finds the one JSON object in what a model wrote.</summary>
internal static class AnswerJson
{
    private const string Fence = "```";

    /// <summary>Reads an answer, with or without a code fence and white space around it.</summary>
    /// <returns>Null where it is no single JSON object.</returns>
    public static JsonElement? Read(string answer)
    {
        var text = answer.AsSpan().Trim();
        if (text.StartsWith(Fence) && text.IndexOf('\n') is > 0 and var line)
        {
            text = text[(line + 1)..];
            var end = text.LastIndexOf(Fence);
            if (end < 0 || !text[(end + Fence.Length)..].IsWhiteSpace()) return null;

            text = text[..end].Trim();
        }

        // Prose around the object is no JSON: what stands beside the answer was not asked for.
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}') return null;

        try
        {
            using var document = JsonDocument.Parse(text.ToString());
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
