using System.Buffers.Text;

namespace Curation.Filters.Duplicates;

/// <summary>Signatures as text: <c>METHOD/VERSION:BASE64</c>, which every reader of Parquet can hold.</summary>
internal static class SignatureText
{
    public static string Write(string method, string version, ReadOnlySpan<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Signatures are written with the lowest byte first.");

        return $"{method}/{version}:{Convert.ToBase64String(bytes)}";
    }

    /// <returns>Null where it is of another method or version, or no base64.</returns>
    public static byte[]? Read(string method, string version, string text)
    {
        var head = $"{method}/{version}:";
        if (!text.StartsWith(head, StringComparison.Ordinal)) return null;

        var body = text.AsSpan(head.Length);
        return Base64.IsValid(body, out var length) && Convert.FromBase64String(text[head.Length..]) is { } bytes && bytes.Length == length ? bytes : null;
    }
}
