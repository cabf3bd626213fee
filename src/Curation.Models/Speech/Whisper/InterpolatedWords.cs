namespace Curation.Models.Speech.Whisper;

/// <summary>Word times for a decoder that does not show its attention: spread over the segment by their letters, and marked so.</summary>
internal static class InterpolatedWords
{
    public static WhisperSegment Add(WhisperSegment segment, WhisperTokenizer tokenizer, string language)
    {
        var pieces = WordSplitter.Split(tokenizer, [.. segment.Tokens.Where(token => token < tokenizer.Special.EndOfText)], language)
            .Select(piece => new AlignedWord { Text = piece.Text, Tokens = piece.Tokens.Count, Start = 0, End = 0, Probability = 0 }).ToList();
        PunctuationMerger.Merge(pieces);
        var words = pieces.Where(piece => piece.Text.Length > 0).ToList();
        var letters = words.Sum(word => word.Text.Length);
        var spread = new List<TranscriptWord>();
        var said = 0;
        foreach (var word in words)
        {
            var start = At(said);
            said += word.Text.Length;
            spread.Add(new TranscriptWord(word.Text, start, At(said), null, WordTiming.Interpolated));
        }

        return segment with { Words = spread };

        double At(int count) => segment.Start + ((segment.End - segment.Start) * count / letters);
    }
}
