using System.Text.Json;
using System.Text.RegularExpressions;

namespace Curation.Models.Endpoints;

/// <summary>One answer's JSON object; reads its members and notes the first fault.</summary>
internal sealed partial class AnswerObject(JsonElement json)
{
    private const int LongestTag = 80;
    private const int MostTags = 32;

    // How an answer begins that is about the model, not about the clip.
    private static readonly string[] Refusals = ["as an ai", "i cannot", "i can't", "i can’t", "i'm sorry", "i am sorry", "i’m sorry", "sorry,", "i'm unable", "i am unable"];

    // Marks of an answer that obeys somebody else or carries something along.
    private static readonly string[] Foreign =
    [
        "language model", "system prompt", "previous instructions", "instructions above", "ignore all", "ignore the previous", "ignore the above", "ignore the rules",
        "http://", "https://", "```", "<<<", ">>>", "<script",
    ];

    /// <summary>The first thing wrong with the object's form; null while nothing is.</summary>
    public string? Malformed { get; private set; }

    /// <summary>The first thing wrong with its content; null while nothing is.</summary>
    public string? Rejected { get; private set; }

    /// <summary>Whether the answer is the one to this question.</summary>
    public void CheckBinding(string binding)
    {
        if (!json.TryGetProperty("clip", out var clip) || clip.ValueKind != JsonValueKind.String)
        {
            Malformed ??= "the member 'clip' is missing";
            return;
        }

        if (clip.GetString() != binding) Rejected ??= "the answer is for another clip";
    }

    /// <summary>A caption: plain words about the clip.</summary>
    public string Prose(string name, int shortest, int longest, string binding)
    {
        var text = Plain(name, longest);
        if (Malformed is not null || Rejected is not null) return "";
        if (text.Length < shortest) Rejected ??= $"'{name}' has {text.Length} characters, fewer than {shortest}";
        if (text.Contains(binding, StringComparison.OrdinalIgnoreCase)) Rejected ??= $"'{name}' repeats the clip's name";
        if (Refusals.FirstOrDefault(mark => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) is { } refusal) Rejected ??= $"'{name}' is not about the clip: it begins with '{refusal}'";
        if (Foreign.FirstOrDefault(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase)) is { } found) Rejected ??= $"'{name}' is not about the clip: it says '{found}'";
        if (text.Length > 0 && text[0] is '{' or '[') Rejected ??= $"'{name}' is no prose";
        return text;
    }

    /// <summary>A text in one line, without control characters; may be empty.</summary>
    public string Plain(string name, int longest)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            Malformed ??= $"the member '{name}' is missing or no text";
            return "";
        }

        var text = WhiteSpace().Replace(value.GetString()!, " ").Trim();
        if (text.Length > longest) Rejected ??= $"'{name}' has {text.Length} characters, more than {longest}";
        if (text.Any(char.IsControl)) Rejected ??= $"'{name}' holds control characters";
        return text;
    }

    /// <summary>A list of short texts; empty where it is missing.</summary>
    public IReadOnlyList<string> Tags(string name)
    {
        if (!json.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Malformed ??= $"the member '{name}' is no list of texts";
            return [];
        }

        var tags = list.EnumerateArray().Select(item => WhiteSpace().Replace(item.GetString()!, " ").Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (tags.Count > MostTags) Rejected ??= $"'{name}' has {tags.Count} entries, more than {MostTags}";
        if (tags.Any(tag => tag.Length > LongestTag || tag.Any(char.IsControl))) Rejected ??= $"'{name}' holds an entry that is no short text";
        return tags;
    }

    /// <summary>0..1; null where it is missing or null.</summary>
    public double? Confidence()
    {
        if (!json.TryGetProperty("confidence", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1) return number;

        Malformed ??= "the member 'confidence' is no number from 0 to 1";
        return null;
    }

    /// <summary>A BCP 47 tag; null where it is missing or null.</summary>
    public string? Language()
    {
        if (!json.TryGetProperty("language", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } tag)
        {
            if (tag.Length == 0) return null;
            if (LanguageTag().IsMatch(tag)) return tag;
        }

        Malformed ??= "the member 'language' is no BCP 47 tag";
        return null;
    }

    /// <summary>The value, or the first fault.</summary>
    public AnswerReading<T> Finish<T>(Func<T> value)
        where T : class =>
        Rejected is { } rejected ? AnswerReading<T>.Rejected(rejected)
        : Malformed is { } malformed ? AnswerReading<T>.Malformed(malformed)
        : AnswerReading<T>.Good(value());

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
