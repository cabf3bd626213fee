using System.Globalization;
using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>Reads one slot's entry of <c>endpoints.json</c> and notes every fault on the way.</summary>
internal sealed class EndpointEntry
{
    private static readonly string[] Keys =
    [
        "address", "model", "key_env", "key_file", "timeout_s", "concurrency", "max_requests", "max_tokens", "answer_tokens", "temperature",
        "response_format", "retries", "retry_delay_s", "max_retry_after_s", "break_after", "break_s", "allow_plain_http",
    ];

    private readonly string _slot;
    private readonly JsonElement _entry;
    private readonly List<string> _errors;

    private EndpointEntry(string slot, JsonElement entry, List<string> errors)
    {
        _slot = slot;
        _entry = entry;
        _errors = errors;
    }

    /// <summary>Reads an entry; null where it has faults, which are then in the list.</summary>
    public static EndpointOptions? Read(string slot, JsonElement entry, string folder, List<string> errors)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"{slot} is not an object");
            return null;
        }

        var before = errors.Count;
        var options = new EndpointEntry(slot, entry, errors).Read(folder);
        return errors.Count == before ? options : null;
    }

    private EndpointOptions? Read(string folder)
    {
        foreach (var property in _entry.EnumerateObject())
        {
            if (!Keys.Contains(property.Name)) Fault(property.Name, $"is not known; the nearest key is '{Nearest(property.Name)}'");
        }

        var variable = Text("key_env");
        var file = Text("key_file");
        if (variable is not null && file is not null) Fault("key_env", "and key_file stand together; give one");

        var address = Address(variable is not null || file is not null);
        var model = Text("model");
        if (model is null) Fault("model", "is missing");

        var defaults = new EndpointOptions { Slot = _slot, Address = new Uri("http://localhost"), Model = "" };
        var options = defaults with
        {
            Address = address ?? defaults.Address,
            Model = model ?? "",
            KeyVariable = variable,
            KeyFile = file is null ? null : Path.GetFullPath(file, folder),
            Timeout = Seconds("timeout_s", 0.05, 3600, defaults.Timeout),
            Concurrency = (int)(Whole("concurrency", 1, 1024) ?? defaults.Concurrency),
            MaxRequests = Whole("max_requests", 0, long.MaxValue),
            MaxTokens = Whole("max_tokens", 0, long.MaxValue),
            AnswerTokens = (int)(Whole("answer_tokens", 16, 1_000_000) ?? defaults.AnswerTokens),
            Temperature = IsNull("temperature") ? null : (float?)Number("temperature", 0, 2) ?? defaults.Temperature,
            Format = Format(),
            Retries = (int)(Whole("retries", 0, 20) ?? defaults.Retries),
            RetryDelay = Seconds("retry_delay_s", 0, 600, defaults.RetryDelay),
            MaxRetryAfter = Seconds("max_retry_after_s", 0, 3600, defaults.MaxRetryAfter),
            BreakAfter = (int)(Whole("break_after", 2, 10_000) ?? defaults.BreakAfter),
            BreakDuration = Seconds("break_s", 0.5, 86_400, defaults.BreakDuration),
        };
        return options;
    }

    private Uri? Address(bool hasKey)
    {
        var plainAllowed = Flag("allow_plain_http");
        if (Text("address") is not { } text)
        {
            Fault("address", "is missing");
            return null;
        }

        // The address itself is not quoted in these faults: people paste keys into it.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            Fault("address", "is not an http or https address");
            return null;
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0) Fault("address", "holds a user, a password or a query; give the key by key_env or key_file");
        if (hasKey && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !plainAllowed)
        {
            Fault("address", "would send the key unencrypted; use https, or set allow_plain_http to true");
        }

        return address;
    }

    private AnswerFormat Format()
    {
        switch (Text("response_format"))
        {
            case null or "schema": return AnswerFormat.Schema;
            case "json_object": return AnswerFormat.JsonObject;
            case "prompt": return AnswerFormat.Prompt;
            default:
                Fault("response_format", "is none of schema, json_object, prompt");
                return AnswerFormat.Schema;
        }
    }

    private string? Text(string key)
    {
        if (!_entry.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)) return text.Trim();

        Fault(key, "is not a text");
        return null;
    }

    // Some models take no temperature but their own.
    private bool IsNull(string key) => _entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Null;

    private bool Flag(string key)
    {
        if (!_entry.TryGetProperty(key, out var value)) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();

        Fault(key, "is neither true nor false");
        return false;
    }

    private TimeSpan Seconds(string key, double minimum, double maximum, TimeSpan otherwise) =>
        Number(key, minimum, maximum) is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;

    private long? Whole(string key, long minimum, long maximum)
    {
        if (!_entry.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum) return number;

        Fault(key, Invariant($"is {value.GetRawText()}, not a whole number from {minimum} to {maximum}"));
        return null;
    }

    private double? Number(string key, double minimum, double maximum)
    {
        if (!_entry.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= minimum && number <= maximum) return number;

        Fault(key, Invariant($"is {value.GetRawText()}, not a number from {minimum} to {maximum}"));
        return null;
    }

    private void Fault(string key, string what) => _errors.Add($"{_slot}.{key} {what}");

    private static string Nearest(string key) => Keys.MinBy(known => Distance(known, key))!;

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[^1];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
