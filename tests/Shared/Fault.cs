namespace Curation.Tests;

/// <summary>What <see cref="FaultProxy"/> does to one request instead of passing it on as it is.</summary>
internal sealed record Fault
{
    /// <summary>Closes the connection before the server hears of the request.</summary>
    public static Fault Refuse { get; } = new() { IsRefused = true };

    /// <summary>Lets the server do what was asked and closes the connection instead of answering.</summary>
    public static Fault LoseAnswer { get; } = new() { IsAnswerLost = true };

    /// <summary>Answers without a length, and never stops.</summary>
    public static Fault Endless { get; } = new() { IsEndless = true };

    public bool IsRefused { get; private init; }

    public bool IsAnswerLost { get; private init; }

    public bool IsEndless { get; private init; }

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public long? BreakAfter { get; private init; }

    /// <summary>Waits once after so many bytes of the body.</summary>
    public long? StallAfter { get; private init; }

    public TimeSpan StallFor { get; private init; }

    /// <summary>Ignores the range that was asked for.</summary>
    public bool IsRangeIgnored { get; private init; }

    /// <summary>Answers this itself; the server hears nothing.</summary>
    public (int Status, string Body, IReadOnlyDictionary<string, string> Headers)? Own { get; private init; }

    public static Fault Break(long afterBytes) => new() { BreakAfter = afterBytes };

    public static Fault Stall(long afterBytes, TimeSpan time) => new() { StallAfter = afterBytes, StallFor = time };

    public static Fault IgnoreRange() => new() { IsRangeIgnored = true };

    public static Fault Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        new() { Own = (status, body, headers.ToDictionary(header => header.Name, header => header.Value)) };
}
