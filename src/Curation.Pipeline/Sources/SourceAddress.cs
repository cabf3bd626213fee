namespace Curation.Pipeline.Sources;

/// <summary>Addresses as they may be shown and stored.</summary>
public static class SourceAddress
{
    /// <summary>Whether a text is an address and not a path.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>True for <c>scheme://…</c>.</returns>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>What a store said of an address that it cannot read, without what is nothing to a user.</summary>
    /// <param name="wrong">The store's exception.</param>
    /// <returns>One sentence.</returns>
    public static string Reason(ArgumentException wrong)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        return wrong.ParamName is null ? wrong.Message : wrong.Message.Replace($" (Parameter '{wrong.ParamName}')", "", StringComparison.Ordinal);
    }

    /// <summary>Whether an address has a part that means another folder, also in disguise.</summary>
    /// <param name="address">What the user wrote.</param>
    /// <returns>True where a part is <c>.</c> or <c>..</c>, or hides a slash, a backslash or a zero character.</returns>
    public static bool Leaves(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Split('/').Skip(3).Select(Uri.UnescapeDataString).Any(part => part is "." or ".." || part.AsSpan().IndexOfAny('/', '\\', '\0') >= 0);
    }

    /// <summary>An address without what may be secret in it: a signature or a token in the query, a password before the host.</summary>
    /// <param name="address">What the user wrote.</param>
    /// <returns>The address up to its query or fragment, without user and password; a path as it is.</returns>
    public static string WithoutSecrets(string address)
    {
        ArgumentNullException.ThrowIfNull(address);

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return address;

        var end = address.AsSpan(scheme).IndexOfAny('?', '#');
        var bare = end < 0 ? address : address[..(scheme + end)];
        var host = scheme + "://".Length;
        var slash = bare.IndexOf('/', host);
        var at = bare.LastIndexOf('@', (slash < 0 ? bare.Length : slash) - 1);
        return at < host ? bare : bare[..host] + bare[(at + 1)..];
    }
}
