namespace Curation.Models.Speech.Whisper;

/// <summary>A word with times inside its window; the rules that tidy words up change it.</summary>
internal sealed class AlignedWord
{
    public required string Text { get; set; }

    /// <summary>How many tokens write it.</summary>
    public required int Tokens { get; set; }

    /// <summary>Seconds from the window's start.</summary>
    public required double Start { get; set; }

    /// <summary>Seconds from the window's start.</summary>
    public required double End { get; set; }

    /// <summary>Mean probability of its tokens.</summary>
    public required double Probability { get; init; }
}
