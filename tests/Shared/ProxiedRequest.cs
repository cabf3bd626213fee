namespace Curation.Tests;

/// <summary>A request as <see cref="FaultProxy"/> saw it.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers, by name in lower case.</param>
internal sealed record ProxiedRequest(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>First byte of the range that is asked for; 0 where none is.</summary>
    public long RangeStart => (Headers.GetValueOrDefault("x-ms-range") ?? Headers.GetValueOrDefault("range")) is { } range
        ? long.Parse(range["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture)
        : 0;
}
