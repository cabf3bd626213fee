using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>The address of a container, a folder in it or a blob: <c>azblob://ACCOUNT/CONTAINER/NAME</c>. It never holds a secret.</summary>
/// <remarks>The rules for names are Azure's (Naming and Referencing Containers, Blobs, and Metadata), without the special containers that start with a dollar sign.</remarks>
public sealed partial record BlobAddress
{
    private const string Scheme = "azblob://";
    private const int MaximumNameLength = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private BlobAddress(string account, string container, string name)
    {
        Account = account;
        Container = container;
        Name = name;
    }

    /// <summary>The storage account.</summary>
    public string Account { get; }

    /// <summary>The container.</summary>
    public string Container { get; }

    /// <summary>The name of a blob or a folder as the store knows it, not percent-encoded; empty for the whole container. A slash at the end is not part of it.</summary>
    public string Name { get; private init; }

    /// <summary>Whether something is meant to be the address of a blob, well formed or not.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>True where it starts with <c>azblob://</c>.</returns>
    public static bool IsMeant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">It is not well formed; the message says how.</exception>
    public static BlobAddress Parse(string text) =>
        TryParse(text, out var address, out var problem) ? address : throw new ArgumentException(problem, nameof(text));

    /// <summary>Reads an address, or says what is wrong with it.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="address">The address; null where it is not well formed.</param>
    /// <param name="problem">What is wrong; null where nothing is. What follows a question mark is not repeated in it: it may be a secret.</param>
    /// <returns>True where it is well formed.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out BlobAddress? address, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        problem = Check(text, ref address);
        return problem is null && address is not null;
    }

    /// <summary>The address of a blob in the same container.</summary>
    /// <param name="name">Its whole name.</param>
    /// <returns>The address.</returns>
    public BlobAddress At(string name) => this with { Name = name };

    /// <summary>The address with everything unusual in the name percent-encoded, so that reading it gives the same address.</summary>
    /// <returns>The address.</returns>
    public override string ToString() =>
        Name.Length == 0 ? $"{Scheme}{Account}/{Container}" : $"{Scheme}{Account}/{Container}/{string.Join('/', Name.Split('/').Select(Encode))}";

    private static string? Check(string text, ref BlobAddress? address)
    {
        if (!IsMeant(text)) return $"'{Shown(text)}' is not the address of a blob: it must start with {Scheme}.";
        if (text.Contains('?', StringComparison.Ordinal)) return $"'{Shown(text)}' must not have a question mark: a SAS belongs into the configuration of the account, and a question mark of a name is written %3F.";
        if (text.Contains('#', StringComparison.Ordinal)) return $"'{Shown(text)}' must not have a #; one of a name is written %23.";

        var parts = text[Scheme.Length..].Split('/', 3);
        if (!AccountName().IsMatch(parts[0])) return $"'{Shown(text)}' has no valid account: {Scheme}ACCOUNT/CONTAINER/NAME, where ACCOUNT is 3 to 24 lower-case letters and digits.";
        if (parts.Length < 2 || !ContainerName().IsMatch(parts[1])) return $"'{Shown(text)}' has no valid container: {Scheme}ACCOUNT/CONTAINER/NAME, where CONTAINER is 3 to 63 lower-case letters, digits and single hyphens.";

        var encoded = parts.Length < 3 ? "" : parts[2];
        if (Decode(encoded.EndsWith('/') ? encoded[..^1] : encoded) is not { } name) return $"'{Shown(text)}' has a percent sign that is not followed by two hexadecimal digits of UTF-8; a percent sign of a name is written %25.";
        if (name.Length > MaximumNameLength) return $"'{Shown(text)}' has a name longer than {MaximumNameLength} characters.";
        if (name.Split('/').Any(part => part is "." or "..")) return $"'{Shown(text)}' has a part '.' or '..', which would lead somewhere else.";

        address = new BlobAddress(parts[0], parts[1], name);
        return null;
    }

    // Whatever stands before an at sign or after a question mark may be a secret.
    private static string Shown(string text)
    {
        var end = text.IndexOf('?', StringComparison.Ordinal);
        var shown = end < 0 ? text : text[..end] + "?...";
        var at = shown.LastIndexOf('@');
        return at < 0 ? shown : "..." + shown[at..];
    }

    private static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;

        var bytes = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                var length = char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(index, length)));
                index += length - 1;
            }
            else if (index + 2 < text.Length && char.IsAsciiHexDigit(text[index + 1]) && char.IsAsciiHexDigit(text[index + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(index + 1, 2))[0]);
                index += 2;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Encode(string part) => part is "." or ".." ? part.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(part);

    [GeneratedRegex("^[a-z0-9]{3,24}$", RegexOptions.CultureInvariant)]
    private static partial Regex AccountName();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
