namespace Curation.Models.Endpoints;

/// <summary>What became of an answer's text.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The value; null where the answer cannot be used.</param>
/// <param name="Fault">Why it cannot be used.</param>
/// <param name="MayRepair">Whether the model may be asked once more: its form was wrong, not its content.</param>
internal readonly record struct AnswerReading<T>(T? Value, string? Fault, bool MayRepair)
    where T : class
{
    public static AnswerReading<T> Good(T value) => new(value, null, false);

    /// <summary>Not the JSON that was asked for.</summary>
    public static AnswerReading<T> Malformed(string fault) => new(null, fault, true);

    /// <summary>Readable, and not to be believed.</summary>
    public static AnswerReading<T> Rejected(string fault) => new(null, fault, false);
}
