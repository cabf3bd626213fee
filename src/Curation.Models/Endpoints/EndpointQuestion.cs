using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Curation.Models.Endpoints;

/// <summary>One question about one clip.</summary>
internal sealed record EndpointQuestion
{
    private const int BindingDigits = 16;

    /// <summary>Asks about a clip.</summary>
    /// <param name="prompt">The words.</param>
    /// <param name="material">The clip.</param>
    /// <param name="data">Texts from outside that are shown as data, such as a transcript; part of the question's name.</param>
    public EndpointQuestion(Prompt prompt, ClipMaterial material, string data)
    {
        Prompt = prompt;
        Material = material;
        Data = data;
        // Whatever depends on more than the clip is another question.
        SubjectHash = data.Length == 0 ? material.ContentHash : Digest($"{material.ContentHash}|{data}");
        Binding = Digest($"{material.Id}|{SubjectHash}|{prompt.Name}|{prompt.Version}")[..BindingDigits];
    }

    /// <summary>The words.</summary>
    public Prompt Prompt { get; }

    /// <summary>The clip.</summary>
    public ClipMaterial Material { get; }

    /// <summary>Texts shown as data.</summary>
    public string Data { get; }

    /// <summary>Names what the question is about: the clip, and the data where there is some.</summary>
    public string SubjectHash { get; }

    /// <summary>What the answer must repeat, so that an answer to another question cannot pass for this one's.</summary>
    public string Binding { get; }

    /// <summary>JSON schema of the answer's members but <c>clip</c>, by name.</summary>
    public required IReadOnlyDictionary<string, string> Members { get; init; }

    /// <summary>The words, the data behind a fence, the pictures with their times, the sound.</summary>
    public List<ChatMessage> Messages()
    {
        var text = Prompt.Text
            .Replace("{clip}", Binding, StringComparison.Ordinal)
            .Replace("{duration}", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Material.DurationSeconds:0.0}"), StringComparison.Ordinal);
        var parts = new List<AIContent>();
        if (Data.Length > 0) parts.Add(new TextContent(DataFence.Around(Data, Binding)));
        foreach (var frame in Material.Frames)
        {
            parts.Add(new TextContent(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Frame at {frame.Seconds:0.0} s:")));
            parts.Add(new DataContent(frame.Jpeg, "image/jpeg"));
        }

        if (!Material.Wave.IsEmpty) parts.Add(new DataContent(Material.Wave, "audio/wav"));
        parts.Add(new TextContent($"Answer for clip {Binding} with the JSON object only."));
        return [new ChatMessage(ChatRole.System, text), new ChatMessage(ChatRole.User, parts)];
    }

    /// <summary>JSON schema of the whole answer; every member is required, as strict servers want it.</summary>
    public JsonElement Schema()
    {
        var members = Members.Prepend(new("clip", $$"""{"type":"string","enum":["{{Binding}}"]}""")).ToList();
        var properties = string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}"));
        var required = string.Join(',', members.Select(member => $"\"{member.Key}\""));
        using var schema = JsonDocument.Parse($$"""{"type":"object","properties":{{{properties}}},"required":[{{required}}],"additionalProperties":false}""");
        return schema.RootElement.Clone();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
