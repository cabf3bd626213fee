namespace Curation.Models.Speech.Whisper;

/// <summary>A segment as upstream's <c>transcribe</c> makes it.</summary>
/// <param name="Seek">First mel frame of the window.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Tokens">Its tokens with its timestamps; empty where the segment was cleared.</param>
/// <param name="Text">Its text; empty where the segment was cleared.</param>
/// <param name="Window">The window's decoding.</param>
internal sealed record WhisperSegment(int Seek, double Start, double End, IReadOnlyList<int> Tokens, string Text, DecodingResult Window)
{
    public IReadOnlyList<TranscriptWord> Words { get; init; } = [];

    /// <summary>A segment without length or text says nothing; it is cleared, as upstream does, and not fed to the next window.</summary>
    public WhisperSegment Cleared() => Start == End || string.IsNullOrWhiteSpace(Text) ? this with { Tokens = [], Text = "", Words = [] } : this;
}
