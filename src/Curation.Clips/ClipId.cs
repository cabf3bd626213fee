using System.Security.Cryptography;
using System.Text;

namespace Curation.Clips;

/// <summary>The name of a clip: 32 lower-case hexadecimal digits that depend only on what the clip is made from.</summary>
/// <param name="Value">The digits.</param>
public readonly record struct ClipId(string Value)
{
    private const int Digits = 32;

    /// <summary>Names a clip by its source's content, its span and the version of the pipeline that cut it.</summary>
    /// <param name="sourceSha256">SHA-256 of the source file, 64 hexadecimal digits.</param>
    /// <param name="span">Where the clip lies on the source's clock.</param>
    /// <param name="pipelineVersion">See <see cref="PipelineVersion.Current"/>.</param>
    /// <returns>The first 128 bits of the SHA-256 of the three, so doing a source twice gives the same name.</returns>
    public static ClipId From(string sourceSha256, ClipSpan span, string pipelineVersion)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceSha256);
        ArgumentException.ThrowIfNullOrEmpty(pipelineVersion);

        var text = string.Create(null, $"{sourceSha256}|{span.Start.Ticks}|{span.End.Ticks}|{pipelineVersion}");
        return new ClipId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits]);
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
