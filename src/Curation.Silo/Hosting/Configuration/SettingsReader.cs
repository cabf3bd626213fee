using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>Reads one section and notes every fault instead of stopping at the first. Values of secrets are never quoted.</summary>
internal sealed class SettingsReader(IConfigurationSection section, ICollection<string> faults)
{
    private const int LongestIdentifier = 100;

    private readonly List<string> _known = [];

    /// <summary>Notes a fault of a key.</summary>
    public void Fault(string key, string what) => faults.Add($"{section.Path}:{key}: {what}.");

    /// <summary>A text, null where it is absent or empty.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        return section[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>A whole number within bounds.</summary>
    public long Whole(string key, long unset, long least, long most)
    {
        if (Text(key) is not { } text) return unset;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;

        Fault(key, most == long.MaxValue ? $"is '{text}'; give a whole number of at least {least}" : $"is '{text}'; give a whole number from {least} to {most}");
        return unset;
    }

    /// <summary>A name out of an enumeration, in any case of letters.</summary>
    public T OneOf<T>(string key, T unset)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return unset;
        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(text, ignoreCase: true);

        Fault(key, $"is '{text}'; valid are: {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");
        return unset;
    }

    /// <summary>Some of the valid names: a JSON array, <c>Key__0=...</c> in the environment, or one value with commas.</summary>
    public IReadOnlyList<string> Several(string key, IReadOnlyList<string> unset, IReadOnlyList<string> valid)
    {
        var listed = section.GetSection(key).GetChildren().Select(child => child.Value ?? "").ToList();
        var values = Text(key) is { } text ? [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : listed;
        if (values.Count == 0) return unset;

        foreach (var wrong in values.Except(valid, StringComparer.Ordinal)) Fault(key, $"holds '{wrong}'; valid are: {string.Join(", ", valid)}");
        return [.. values.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A name that may stand in keys: letters, digits, <c>-</c>, <c>_</c> and <c>.</c></summary>
    public string Identifier(string key, string unset)
    {
        if (Text(key) is not { } text) return unset;
        if (text.Length <= LongestIdentifier && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')) return text;

        Fault(key, $"is '{text}'; give up to {LongestIdentifier} letters, digits, '-', '_' or '.'");
        return unset;
    }

    /// <summary>An IP address, or a name that this machine resolves to one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="unset">What it is where nothing is said.</param>
    /// <param name="mayBeAny">Whether 0.0.0.0, every address of this machine, is one.</param>
    public IPAddress Address(string key, IPAddress unset, bool mayBeAny = false)
    {
        if (Text(key) is not { } text) return unset;
        if (IPAddress.TryParse(text, out var address))
        {
            if (mayBeAny || (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))) return address;

            Fault(key, $"is '{text}', where nobody can be found; give this machine's own address in the cluster's network");
            return unset;
        }

        try
        {
            var found = Dns.GetHostAddresses(text);
            if ((found.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) ?? found.FirstOrDefault()) is { } resolved) return resolved;
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            // Told below, as an empty answer is.
        }

        Fault(key, $"is '{text}', which is no IP address and resolves to none");
        return unset;
    }

    /// <summary>Where to listen for HTTP: scheme, host and port only.</summary>
    public Uri HttpUrl(string key, Uri unset)
    {
        if (OptionalUrl(key) is not { } url) return unset;
        if (url.Scheme == Uri.UriSchemeHttp && url.AbsolutePath == "/" && url.Query.Length == 0) return url;

        Fault(key, $"is '{url}'; give http://ADDRESS:PORT (for HTTPS put a proxy in front)");
        return unset;
    }

    /// <summary>An http or https address; null where it is absent.</summary>
    public Uri? OptionalUrl(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)) return url;

        Fault(key, $"is '{text}'; give an address such as http://127.0.0.1:8080");
        return null;
    }

    /// <summary>A folder's full path; it need not be there yet.</summary>
    public string Folder(string key, string unset)
    {
        if (Text(key) is not { } text) return Path.GetFullPath(unset);
        if (!File.Exists(text)) return Path.GetFullPath(text);

        Fault(key, $"is '{text}', which is a file; give a folder");
        return unset;
    }

    /// <summary>Notes every key of the section that nobody asked for: most often a slip of the pen.</summary>
    public void FaultUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Fault(child.Key, $"is not known; valid are: {string.Join(", ", _known)}");
        }
    }
}
