using System.Text.Json;
using Curation.Models.Running;

namespace Curation.Models.Speech.Whisper;

/// <summary>What a model's config.json and generation_config.json say and its graphs may leave open.</summary>
public sealed record WhisperConfig
{
    /// <summary>Bands of the log-mel picture; null where not said.</summary>
    public int? MelBands { get; init; }

    /// <summary>Logits a step; null where not said.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>The decoder's context; null where not said.</summary>
    public int? TextPositions { get; init; }

    /// <summary>Heads whose cross-attention follows the sound, for word times; empty takes every head of the last half of the layers, as upstream does for unknown models.</summary>
    public IReadOnlyList<AlignmentHead> AlignmentHeads { get; init; } = [];

    /// <summary>Reads the two files, each of which may be absent.</summary>
    /// <param name="folder">Where the graphs lie.</param>
    /// <returns>What they say.</returns>
    /// <exception cref="ModelUnavailableException">A file is no JSON of the expected form.</exception>
    public static WhisperConfig Read(string folder)
    {
        var config = new WhisperConfig();
        var path = Path.Combine(folder, "config.json");
        try
        {
            if (File.Exists(path))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                config = config with
                {
                    MelBands = Number(document.RootElement, "num_mel_bins"),
                    VocabularySize = Number(document.RootElement, "vocab_size"),
                    TextPositions = Number(document.RootElement, "max_target_positions"),
                };
            }

            path = Path.Combine(folder, "generation_config.json");
            if (File.Exists(path))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                if (document.RootElement.TryGetProperty("alignment_heads", out var heads) && heads.ValueKind == JsonValueKind.Array)
                {
                    config = config with { AlignmentHeads = [.. heads.EnumerateArray().Select(pair => new AlignmentHead(pair[0].GetInt32(), pair[1].GetInt32()))] };
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new ModelUnavailableException($"{path} is not a Whisper configuration: {exception.Message}", exception);
        }

        return config;
    }

    private static int? Number(JsonElement element, string name)
    {
        return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
    }
}
