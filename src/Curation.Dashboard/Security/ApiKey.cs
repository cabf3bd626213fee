using System.Security.Cryptography;
using System.Text;

namespace Curation.Dashboard.Security;

/// <summary>The key that lets people and programs in. It is never written anywhere: only its hash is kept.</summary>
public sealed class ApiKey
{
    /// <summary>Characters of the shortest key. 32 hexadecimal digits, as <c>openssl rand -hex 32</c> makes twice of, are out of reach for guessing.</summary>
    public const int ShortestLength = 32;

    private const int FingerprintDigits = 16;

    private readonly byte[] _hash;

    private ApiKey(byte[] hash) => _hash = hash;

    /// <summary>Tells sessions of this key from those of an earlier one; says nothing of the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_hash))[..FingerprintDigits];

    /// <summary>Takes a key.</summary>
    /// <param name="text">The key; white space around it does not count.</param>
    /// <param name="fault">What is wrong with it; never quotes it.</param>
    /// <returns>Null where it cannot be used.</returns>
    public static ApiKey? From(string text, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = text.Trim();
        fault = key.Length < ShortestLength ? $"holds a key of {key.Length} characters; give at least {ShortestLength}, such as 'openssl rand -hex 32' writes"
            : key.Any(letter => letter is < '!' or > '~') ? "holds characters that no HTTP header can carry; give letters, digits and signs of ASCII without spaces"
            : null;
        return fault is null ? new ApiKey(Hash(key)) : null;
    }

    /// <summary>Takes the key of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What is wrong with it; never quotes its content.</param>
    /// <returns>Null where it cannot be used.</returns>
    public static ApiKey? FromFile(string path, out string? fault)
    {
        try
        {
            return From(File.ReadAllText(path), out fault);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = $"cannot be read: {wrong.Message.TrimEnd('.')}";
            return null;
        }
    }

    /// <summary>Whether somebody gave this key. It takes as long for a wrong key as for the right one.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>True for the key.</returns>
    public bool Matches(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Hash(given.Trim()), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
