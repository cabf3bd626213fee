namespace Curation.Models.Speech.Whisper;

/// <summary>How a whole sound is transcribed; the defaults are those of upstream's <c>transcribe</c>.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>How each window is decoded. <see cref="DecodingOptions.Temperature"/> and <see cref="DecodingOptions.Prompt"/> are set window by window; beams count at temperature 0 only, <see cref="DecodingOptions.BestOf"/> above 0 only.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>Temperatures to try in turn until a window's text passes the checks; at least one.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>A text that zlib shrinks by more than this repeats itself and is tried again; null lifts the check.</summary>
    public double? MaxCompressionRatio { get; init; } = 2.4;

    /// <summary>A text whose mean log probability is lower is tried again; null lifts the check.</summary>
    public double? MinAverageLogProbability { get; init; } = -1;

    /// <summary>A window more likely than this to hold no speech, whose text is unlikely too, is skipped; null lifts the check.</summary>
    public double? MaxNoSpeechProbability { get; init; } = 0.6;

    /// <summary>Gives the text so far to the next window: more even spelling, but a loop can go on from window to window.</summary>
    public bool ConditionOnPreviousText { get; init; } = true;

    /// <summary>Text that the first window may take to have been said before, such as names; null for none.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>Gives <see cref="InitialPrompt"/> to every window.</summary>
    public bool CarryInitialPrompt { get; init; }

    /// <summary>Start, end, start, end ... in seconds of the stretches to transcribe; a missing last end is the end of the sound; empty for all.</summary>
    public IReadOnlyList<double> ClipTimestamps { get; init; } = [];

    /// <summary>Adds words: aligned by cross-attention where the decoder shows it, else interpolated inside the segment and marked so.</summary>
    public bool WordTimestamps { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A list is empty or unordered, or a number is out of range.</exception>
    internal void Check()
    {
        if (Temperatures.Count == 0) throw new ArgumentException("Temperatures is empty");
        if (ClipTimestamps.Any(time => !(time >= 0))) throw new ArgumentException($"ClipTimestamps holds {string.Join(", ", ClipTimestamps)}; times are seconds from 0 on");

        foreach (var temperature in Temperatures) At(temperature, 0).Check();
    }

    /// <summary>The decoding options for one temperature.</summary>
    internal DecodingOptions At(double temperature, int seed)
    {
        var options = Decoding with { Temperature = temperature, Seed = seed };
        return temperature > 0 ? options with { BeamSize = null, Patience = null } : options with { BestOf = null };
    }
}
