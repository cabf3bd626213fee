using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klear.Model.Data;

/// <summary>What latents were made of and with; a run that trains on them carries it.</summary>
public sealed record LatentIdentity
{
    /// <summary>Snapshot of the data set.</summary>
    public required string Snapshot { get; init; }

    /// <summary>See <see cref="Codecs.IVideoCodec.Identity"/>.</summary>
    public required string VideoCodec { get; init; }

    /// <summary>See <see cref="Codecs.IAudioCodec.Identity"/>.</summary>
    public required string AudioCodec { get; init; }

    /// <summary>See <see cref="Text.ITextEncoder.Identity"/>.</summary>
    public required string TextEncoder { get; init; }

    /// <summary>Rate, sizes and lengths.</summary>
    public required EncodeOptions Options { get; init; }

    /// <summary>SHA-256 of all of it: equal where the identities are. The records themselves compare their lists by reference.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, LatentJson.Plain.LatentIdentity)));
}
