using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Browsing;

/// <summary>One measurement of a clip and what its limit says.</summary>
public sealed record ClipStoryLine
{
    /// <summary>The measurement, or <c>too_short</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Null where there is none.</summary>
    public double? Value { get; init; }

    /// <summary>Unit of the value.</summary>
    public string? Unit { get; init; }

    /// <summary><c>measured</c>, <c>unmeasured</c>, <c>not_applicable</c>, or <c>absent</c> where the row has nothing of that name.</summary>
    public required string State { get; init; }

    /// <summary>How it was measured.</summary>
    public string? Method { get; init; }

    /// <summary>Version of the method.</summary>
    public string? MethodVersion { get; init; }

    /// <summary>The bounds in words; null where the policy has none.</summary>
    public string? Limit { get; init; }

    /// <summary><c>pass</c>, <c>reject</c>, <c>hold</c>, <c>unmeasured</c> or <c>not_applicable</c>; null without a limit.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why there is no value, or why the limit fails.</summary>
    public string? Reason { get; init; }

    /// <summary>What the policy would have to say for the clip to pass this limit; null where it does.</summary>
    public string? WouldPassWith { get; init; }

    /// <summary>Puts a measurement and its limit together.</summary>
    /// <param name="name">Name of both.</param>
    /// <param name="measurement">The measurement; null where the row has none of that name.</param>
    /// <param name="verdict">What the limit says; null where the policy has none.</param>
    /// <returns>The line.</returns>
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
