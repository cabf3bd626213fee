namespace Curation.Models.Speech.Whisper;

/// <summary>Sizes of a Whisper model that decoding needs.</summary>
/// <param name="MelBands">Bands of the log-mel picture: 80, or 128 from large-v3 on.</param>
/// <param name="VocabularySize">Logits a step.</param>
/// <param name="AudioPositions">Positions of the encoder's output in 30 seconds: 1500.</param>
/// <param name="TextPositions">The decoder's context: 448.</param>
public sealed record WhisperDimensions(int MelBands, int VocabularySize, int AudioPositions = 1500, int TextPositions = 448)
{
    /// <summary>Mel frames of a window: 30 seconds of 10 ms.</summary>
    public const int WindowFrames = 3000;

    /// <summary>Mel frames a second.</summary>
    public const int FramesPerSecond = 100;

    /// <summary>Seconds of a window.</summary>
    public const double WindowSeconds = 30;

    /// <summary>Mel frames that one timestamp step spans: 2.</summary>
    public int FramesPerPosition => WindowFrames / AudioPositions;

    /// <summary>Seconds that one timestamp step spans: 0.02.</summary>
    public double SecondsPerPosition => WindowSeconds / AudioPositions;
}
