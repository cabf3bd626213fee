using System.Globalization;
using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>Reads the table <c>prices</c> of a policy file.</summary>
internal sealed class PriceReader(PolicyFields fields)
{
    private const int MaxCurrencyLength = 16;

    private static readonly string[] Keys = ["currency", "core_hour", "gpu_hour", "storage_gb_month", "request"];

    /// <summary>Reads it; every fault is written down.</summary>
    /// <param name="node">The table.</param>
    /// <returns>The prices; worth something only where no error was written down.</returns>
    public PriceTable Read(YamlNode node)
    {
        var given = fields.Open(node, "prices", Keys);
        if (node is YamlMapping && Keys.Skip(1).All(key => !given.ContainsKey(key))) fields.Add(node, $"prices names no price; give it one of {string.Join(", ", Keys.Skip(1))}, or leave it out");
        return new PriceTable(ReadCurrency(node, given))
        {
            CoreHour = ReadPrice(given, "core_hour"),
            GpuHour = ReadPrice(given, "gpu_hour"),
            StorageGbMonth = ReadPrice(given, "storage_gb_month"),
            Request = ReadPrice(given, "request"),
        };
    }

    private string ReadCurrency(YamlNode node, IReadOnlyDictionary<string, YamlNode> given)
    {
        if (!given.TryGetValue("currency", out var currency))
        {
            if (node is YamlMapping) fields.Add(node, "prices has no currency; add 'currency: ...'");
            return "";
        }

        if (currency is YamlScalar { Text: { Length: > 0 and <= MaxCurrencyLength } text } && !text.Any(char.IsControl)) return text;

        fields.Add(currency, string.Create(null, $"prices.currency must be 1 to {MaxCurrencyLength} characters on one line, such as USD"));
        return "";
    }

    private double? ReadPrice(IReadOnlyDictionary<string, YamlNode> given, string key)
    {
        if (!given.TryGetValue(key, out var node)) return null;
        if (fields.Number(node, $"prices.{key}", "the currency") is not { } price) return null;

        if (price < 0) fields.Add(node, string.Create(CultureInfo.InvariantCulture, $"prices.{key} is {price}; a price is never negative"));
        return price;
    }
}
