using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Klear.Model.Text;

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

    /// <summary>What the texts went through: see <see cref="TextsOf"/>.</summary>
    public required string TextEncoder { get; init; }

    /// <summary>Rate, sizes and lengths.</summary>
    public required EncodeOptions Options { get; init; }

    /// <summary>One line for how a clip's texts are read.</summary>
    /// <param name="encoder">The captions' encoder.</param>
    /// <param name="speechBytes">Bytes of what is said or sung that its own path reads; null where it has none and goes with the caption.</param>
    /// <returns>The encoder's own identity where there is no such path.</returns>
    public static string TextsOf(ITextEncoder encoder, int? speechBytes)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return speechBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{encoder.Identity}, speech apart: utf8-bytes/1 bytes={bytes}") : encoder.Identity;
    }

    /// <summary>SHA-256 of all of it: equal where the identities are. The records themselves compare their lists by reference.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, LatentJson.Plain.LatentIdentity)));
}
