namespace Curation.Models.Speech.Whisper;

/// <summary>Cuts a window's tokens into segments at pairs of timestamps, and says where the next window starts (whisper/transcribe.py).</summary>
internal static class WindowSlicer
{
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="dimensions">The model's sizes.</param>
    /// <param name="result">The window's decoding.</param>
    /// <param name="seek">First mel frame of the window.</param>
    /// <param name="size">Mel frames of sound in the window; the rest is padding.</param>
    public static SlicedWindow Slice(WhisperTokenizer tokenizer, WhisperDimensions dimensions, DecodingResult result, int seek, int size)
    {
        var tokens = result.Tokens;
        var begin = tokenizer.Special.TimestampBegin;
        var offset = (double)seek / WhisperDimensions.FramesPerSecond;

        // One timestamp at the end, not a pair, means that nobody speaks after it.
        var endsInSingle = tokens.Count >= 2 && tokens[^2] < begin && tokens[^1] >= begin;
        var cuts = Enumerable.Range(1, Math.Max(tokens.Count - 1, 0)).Where(i => tokens[i - 1] >= begin && tokens[i] >= begin).ToList();
        if (cuts.Count == 0)
        {
            // Without a pair the last timestamp, if any, ends the window's one segment.
            var last = tokens.LastOrDefault(token => token >= begin);
            var duration = last > begin ? (last - begin) * dimensions.SecondsPerPosition : (double)size / WhisperDimensions.FramesPerSecond;
            return new SlicedWindow([Segment(tokens, offset, offset + duration)], seek + size, endsInSingle);
        }

        if (endsInSingle) cuts.Add(tokens.Count);
        var segments = new List<WhisperSegment>();
        var from = 0;
        foreach (var to in cuts)
        {
            segments.Add(Segment([.. tokens.Skip(from).Take(to - from)], At(tokens[from]), At(tokens[to - 1])));
            from = to;
        }

        // What follows the last pair is unfinished: the next window hears it again.
        var next = endsInSingle ? seek + size : seek + ((tokens[from - 1] - begin) * dimensions.FramesPerPosition);
        return new SlicedWindow(segments, next, endsInSingle);

        double At(int token) => offset + ((token - begin) * dimensions.SecondsPerPosition);

        WhisperSegment Segment(IReadOnlyList<int> part, double start, double end) => new(seek, start, end, part, tokenizer.Decode(part.Where(token => token < tokenizer.Special.EndOfText)), result);
    }
}
