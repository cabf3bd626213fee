using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Silo.Commands;

/// <summary>One measurement of a clip and what its limit says.</summary>
internal sealed record ClipStoryLine
{
    public required string Name { get; init; }

    public double? Value { get; init; }

    public string? Unit { get; init; }

    /// <summary><c>measured</c>, <c>unmeasured</c>, <c>not_applicable</c>, or <c>absent</c> where the row has nothing of that name.</summary>
    public required string State { get; init; }

    public string? Method { get; init; }

    public string? MethodVersion { get; init; }

    public string? Limit { get; init; }

    public string? Verdict { get; init; }

    /// <summary>Why there is no value, or why the limit fails.</summary>
    public string? Reason { get; init; }

    public string? WouldPassWith { get; init; }

    public static ClipStoryLine Of(string name, Measurement? measurement, Verdict? verdict) => new()
    {
        Name = name,
        Value = measurement?.Value ?? verdict?.Value,
        Unit = measurement?.Unit ?? (name == PolicyJudge.TooShort ? "s" : null),
        State = measurement is null ? (verdict?.Value is null ? "absent" : "measured") : Word(measurement.State),
        Method = measurement?.Method,
        MethodVersion = measurement?.MethodVersion,
        Limit = verdict?.Limit,
        Verdict = verdict is null ? null : Word(verdict.Outcome),
        Reason = verdict?.Reason ?? measurement?.Reason,
        WouldPassWith = verdict is null ? null : LimitChange.Of(verdict)?.ToString(),
    };

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
