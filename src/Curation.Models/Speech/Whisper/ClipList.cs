namespace Curation.Models.Speech.Whisper;

/// <summary>The stretches to transcribe, in mel frames.</summary>
internal static class ClipList
{
    /// <summary>Pairs up seconds; without any, the whole sound; a lone start goes on to the end.</summary>
    public static IReadOnlyList<(int Start, int End)> Frames(IReadOnlyList<double> seconds, int contentFrames)
    {
        var points = seconds.Select(time => (int)Math.Round(Math.Min(time * WhisperDimensions.FramesPerSecond, int.MaxValue - 1.0), MidpointRounding.ToEven)).ToList();
        if (points.Count == 0) points.Add(0);
        if (points.Count % 2 == 1) points.Add(contentFrames);

        return [.. points.Chunk(2).Select(pair => (pair[0], Math.Min(pair[1], contentFrames)))];
    }
}
