namespace Curation.Models.Speech.Whisper;

/// <summary>Gives a window's segments their words (whisper/timing.py, add_word_timestamps).</summary>
internal sealed class WordTimes(IWhisperModel model, WhisperTokenizer tokenizer, IReadOnlyList<AlignmentHead> heads)
{
    /// <summary>Seconds that a word takes at most where the window's median says more.</summary>
    private const double LongestMedian = 0.7;

    /// <summary>Seconds by which a segment's own time must differ from its word's to be preferred.</summary>
    private const double Disagreement = 0.5;

    private readonly WordAligner _aligner = new(model, tokenizer, heads);

    /// <param name="window">The segments.</param>
    /// <param name="sound">The encoded window.</param>
    /// <param name="language">A code of <see cref="WhisperLanguages.Codes"/>.</param>
    /// <param name="task">What the text is.</param>
    /// <param name="frames">Mel frames of sound in the window.</param>
    /// <param name="lastSpeech">Seconds at which the last word so far ended; brought up to date.</param>
    /// <returns>The window with words; where they are aligned, its segments and the next window start and end with them.</returns>
    public SlicedWindow Add(SlicedWindow window, IWhisperSound sound, string language, WhisperTask task, int frames, ref double lastSpeech)
    {
        if (!model.OffersAttention) return window with { Segments = [.. window.Segments.Select(segment => InterpolatedWords.Add(segment, tokenizer, language))] };

        var texts = window.Segments.Select(segment => segment.Tokens.Where(token => token < tokenizer.Special.EndOfText).ToList()).ToList();
        var words = _aligner.Align(sound, [.. texts.SelectMany(text => text)], language, task, frames);
        var longest = Tidy(words, out var median);

        var segments = new List<WhisperSegment>();
        var next = 0;
        foreach (var (segment, text) in window.Segments.Zip(texts))
        {
            var offset = (double)segment.Seek / WhisperDimensions.FramesPerSecond;
            var own = new List<AlignedWord>();
            for (var saved = 0; next < words.Count && saved < text.Count; next++)
            {
                saved += words[next].Tokens;
                if (words[next].Text.Length == 0) continue;

                words[next].Start = Math.Round(offset + words[next].Start, 2);
                words[next].End = Math.Round(offset + words[next].End, 2);
                own.Add(words[next]);
            }

            var (start, end) = Fit(segment, own, median, longest, lastSpeech);
            if (own.Count > 0) lastSpeech = end;
            segments.Add(segment with { Start = start, End = end, Words = [.. own.Select(Public)] });
        }

        // The next window starts where the last word ended, unless nobody speaks after it.
        lastSpeech = segments.LastOrDefault(segment => segment.Words.Count > 0)?.Words[^1].End ?? segments[^1].End;
        var windowStart = (double)window.Segments[0].Seek / WhisperDimensions.FramesPerSecond;
        var continues = !window.EndsInSingleTimestamp && lastSpeech > windowStart;
        return window with { Segments = segments, NextSeek = continues ? (int)Math.Round(lastSpeech * WhisperDimensions.FramesPerSecond) : window.NextSeek };
    }

    /// <summary>Shortens words stretched over a pause at the end of a sentence, then joins punctuation to its words.</summary>
    /// <returns>The longest a word may be: twice the median.</returns>
    private static double Tidy(IReadOnlyList<AlignedWord> words, out double median)
    {
        var durations = words.Select(word => word.End - word.Start).Where(duration => duration != 0).Order().ToList();
        median = durations.Count == 0 ? 0 : Math.Min(LongestMedian, (durations[(durations.Count - 1) / 2] + durations[durations.Count / 2]) / 2);
        var longest = 2 * median;
        for (var i = 1; i < words.Count && durations.Count > 0; i++)
        {
            if (words[i].End - words[i].Start <= longest) continue;

            if (PunctuationMerger.EndsSentence(words[i].Text)) words[i].End = words[i].Start + longest;
            else if (PunctuationMerger.EndsSentence(words[i - 1].Text)) words[i].Start = words[i].End - longest;
        }

        PunctuationMerger.Merge(words);
        return longest;
    }

    /// <summary>Shortens the first words after a pause, and settles where words and segment disagree.</summary>
    private static (double Start, double End) Fit(WhisperSegment segment, List<AlignedWord> words, double median, double longest, double lastSpeech)
    {
        if (words.Count == 0) return (segment.Start, segment.End);

        var (first, last) = (words[0], words[^1]);
        var second = words.Count > 1 ? words[1] : null;
        if (first.End - lastSpeech > median * 4 && (first.End - first.Start > longest || (second is not null && second.End - first.Start > longest * 2)))
        {
            if (second is not null && second.End - second.Start > longest)
            {
                first.End = second.Start = Math.Max(second.End / 2, second.End - longest);
            }

            first.Start = Math.Max(0, first.End - longest);
        }

        var start = first.Start;
        if (segment.Start < first.End && segment.Start - Disagreement > first.Start)
        {
            first.Start = Math.Max(0, Math.Min(first.End - median, segment.Start));
            start = segment.Start;
        }

        var end = last.End;
        if (segment.End > last.Start && segment.End + Disagreement < last.End)
        {
            last.End = Math.Max(last.Start + median, segment.End);
            end = segment.End;
        }

        return (start, end);
    }

    private static TranscriptWord Public(AlignedWord word) => new(word.Text, word.Start, word.End, word.Probability, WordTiming.Aligned);
}
