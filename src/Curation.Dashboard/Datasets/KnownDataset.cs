using System.Security.Cryptography;
using System.Text;

namespace Curation.Dashboard.Datasets;

/// <summary>A data set that the dashboard can show.</summary>
/// <param name="Key">Stands for it in addresses: the first 12 hexadecimal digits of the SHA-256 of its address.</param>
/// <param name="Address">Its folder or address, without secrets.</param>
public sealed record KnownDataset(string Key, string Address)
{
    private const int KeyDigits = 12;

    /// <summary>The last part of its address: what people call it.</summary>
    public string Name => Address.TrimEnd('/', '\\') is { Length: > 0 } trimmed ? trimmed[(trimmed.LastIndexOfAny(['/', '\\']) + 1)..] : Address;

    /// <summary>Names a data set.</summary>
    /// <param name="address">Its address.</param>
    /// <returns>The data set.</returns>
    public static KnownDataset Of(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        return new KnownDataset(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..KeyDigits], address);
    }
}
