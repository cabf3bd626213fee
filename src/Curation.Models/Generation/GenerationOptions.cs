namespace Curation.Models.Generation;

/// <summary>How text is searched for. Names and meaning follow the generation settings that models are published with.</summary>
public sealed record GenerationOptions
{
    /// <summary>First token that the decoder is fed.</summary>
    public required int StartToken { get; init; }

    /// <summary>Token that ends a text.</summary>
    public required int EndToken { get; init; }

    /// <summary>Token that every text begins with after the start; null where none is forced.</summary>
    public int? ForcedFirstToken { get; init; }

    /// <summary>Most tokens after the start, the end included; the last one is the end.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Sequences kept at once; 1 is greedy.</summary>
    public int Beams { get; init; } = 1;

    /// <summary>No run of so many tokens occurs twice; 0 forbids nothing.</summary>
    public int NoRepeatNgram { get; init; }

    /// <summary>Power of the length that a finished text's log-probability is divided by.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Stops as soon as there are as many finished texts as beams; otherwise only when no open one can become better.</summary>
    public bool EarlyStopping { get; init; } = true;

    /// <summary>Throws where a value makes no sense.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(StartToken);
        ArgumentOutOfRangeException.ThrowIfNegative(EndToken);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Beams, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(NoRepeatNgram);
        if (!double.IsFinite(LengthPenalty)) throw new ArgumentException($"A length penalty of {LengthPenalty} makes no sense.");
    }
}
