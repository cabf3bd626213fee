using System.Text.Json.Serialization;
using Curation.Clips;

namespace Klear.Model.Data;

/// <summary>One clip of a cache, without its tensors.</summary>
public sealed record LatentEntry
{
    /// <summary>Name of the clip in the data set.</summary>
    public required string Key { get; init; }

    /// <summary>Kind of sound.</summary>
    [JsonConverter(typeof(SplitJsonConverter))]
    public required Split Split { get; init; }

    /// <summary>Seconds of the clip that are encoded.</summary>
    public required double Seconds { get; init; }

    /// <summary>Latent frames of picture; 0 where there is none.</summary>
    public required int VideoFrames { get; init; }

    /// <summary>Latent rows.</summary>
    public required int Height { get; init; }

    /// <summary>Latent columns.</summary>
    public required int Width { get; init; }

    /// <summary>Latent frames of sound; 0 where there is none.</summary>
    public required int AudioFrames { get; init; }

    /// <summary>What is seen; empty where nobody said.</summary>
    public required string VideoText { get; init; }

    /// <summary>What is heard, and what is said or sung where that has no path of its own; empty where nobody said.</summary>
    public required string AudioText { get; init; }

    /// <summary>What is said or sung, as much as its own path reads; null where there is nothing or no such path. Its tokens follow from it, so that no tensor of them is kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Speech { get; init; }

    /// <summary>The unified dense caption; null where there is none.</summary>
    public string? Caption { get; init; }

    /// <summary>The clip's measurements, by name; those that could not be made are left out.</summary>
    public IReadOnlyDictionary<string, double> Measurements { get; init; } = new Dictionary<string, double>();

    /// <summary>Path of the tensors in the cache.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of that file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The shapes of its latents.</summary>
    [JsonIgnore]
    public LatentBucket Bucket => new(VideoFrames, Height, Width, AudioFrames);
}
