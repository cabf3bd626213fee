namespace Curation.Models.Speech.Whisper;

/// <summary>How one window of 30 seconds is decoded; the defaults are upstream's (whisper/decoding.py).</summary>
public sealed record DecodingOptions
{
    /// <summary>Transcribe or translate.</summary>
    public WhisperTask Task { get; init; } = WhisperTask.Transcribe;

    /// <summary>A code of <see cref="WhisperLanguages.Codes"/>; null detects it from the window.</summary>
    public string? Language { get; init; }

    /// <summary>0 takes the likeliest token, more samples; usually up to 1.</summary>
    public double Temperature { get; init; }

    /// <summary>Most tokens to sample; null is half the decoder's context (224).</summary>
    public int? SampleLength { get; init; }

    /// <summary>Independent samples to take at temperatures above 0, of which the likeliest is kept; null is 1.</summary>
    public int? BestOf { get; init; }

    /// <summary>Beams at temperature 0; null is greedy.</summary>
    public int? BeamSize { get; init; }

    /// <summary>Beam search goes on until it has this many times <see cref="BeamSize"/> finished texts (arXiv 2204.05424); null is 1.</summary>
    public double? Patience { get; init; }

    /// <summary>Exponent in [0, 1] of Google's length penalty (arXiv 1609.08144); null divides by the length.</summary>
    public double? LengthPenalty { get; init; }

    /// <summary>Tokens of what was said before the window.</summary>
    public IReadOnlyList<int> Prompt { get; init; } = [];

    /// <summary>Tokens that the window's text begins with.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>Forbids a text that begins with a blank or ends at once.</summary>
    public bool SuppressBlank { get; init; } = true;

    /// <summary>Tokens never to write, besides the special ones; null is <see cref="WhisperTokenizer.NonSpeech"/>; an empty list lifts all suppression, of special tokens too, as upstream does.</summary>
    public IReadOnlyList<int>? SuppressTokens { get; init; }

    /// <summary>Text only.</summary>
    public bool WithoutTimestamps { get; init; }

    /// <summary>The first timestamp may not be later, in seconds; null lifts the limit.</summary>
    public double? MaxInitialTimestamp { get; init; } = 1.0;

    /// <summary>Seed of the sampling at temperatures above 0: the same seed gives the same text.</summary>
    public int Seed { get; init; }

    /// <summary>Checks the options against each other.</summary>
    /// <exception cref="ArgumentException">Two options contradict each other, or a number is out of range.</exception>
    internal void Check()
    {
        if (Temperature is not (>= 0 and <= 10)) throw new ArgumentException($"Temperature is {Temperature}; it must lie in [0, 10]");
        if (BeamSize is < 1) throw new ArgumentException($"BeamSize is {BeamSize}; it must be at least 1");
        if (BestOf is < 1) throw new ArgumentException($"BestOf is {BestOf}; it must be at least 1");
        if (BeamSize is not null && BestOf is not null) throw new ArgumentException("BeamSize and BestOf cannot be given together");
        if (Temperature == 0 && BestOf is not null) throw new ArgumentException("BestOf needs a temperature above 0");
        if (Temperature > 0 && BeamSize is not null) throw new ArgumentException("BeamSize needs temperature 0");
        if (Patience is not null && BeamSize is null) throw new ArgumentException("Patience needs BeamSize");
        if (Patience is { } patience && (!double.IsFinite(patience) || Math.Round(patience * BeamSize!.Value) < 1)) throw new ArgumentException($"Patience {patience} times BeamSize {BeamSize} must be at least 1");
        if (LengthPenalty is { } penalty && penalty is not (>= 0 and <= 1)) throw new ArgumentException($"LengthPenalty is {penalty}; it must lie in [0, 1]");
        if (SampleLength is < 1) throw new ArgumentException($"SampleLength is {SampleLength}; it must be at least 1");
        if (MaxInitialTimestamp is { } latest && latest is not (>= 0 and <= 30)) throw new ArgumentException($"MaxInitialTimestamp is {latest}; it must lie in [0, 30] seconds");
    }
}
