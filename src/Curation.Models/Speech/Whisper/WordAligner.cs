namespace Curation.Models.Speech.Whisper;

/// <summary>Finds when each word of a window was said from what the decoder attended to while it wrote it (whisper/timing.py, find_alignment).</summary>
internal sealed class WordAligner(IWhisperModel model, WhisperTokenizer tokenizer, IReadOnlyList<AlignmentHead> heads)
{
    private const int MedianWidth = 7;

    /// <param name="sound">The encoded window.</param>
    /// <param name="text">Text tokens of the whole window.</param>
    /// <param name="language">A code of <see cref="WhisperLanguages.Codes"/>.</param>
    /// <param name="task">What the text is.</param>
    /// <param name="frames">Mel frames of sound in the window.</param>
    /// <returns>Words in order; empty where there is no text or no sound.</returns>
    public IReadOnlyList<AlignedWord> Align(IWhisperSound sound, IReadOnlyList<int> text, string language, WhisperTask task, int frames)
    {
        var columns = frames / model.Dimensions.FramesPerPosition;
        if (text.Count == 0 || columns == 0) return [];

        var words = WordSplitter.Split(tokenizer, [.. text, tokenizer.Special.EndOfText], language);
        if (words.Count <= 1) return [];

        var start = tokenizer.Special.StartSequence(language, task, withoutTimestamps: true);
        List<int> fed = [.. start, .. text, tokenizer.Special.EndOfText];
        using var decoding = model.Begin(sound, withAttention: true);
        decoding.Step([.. fed.Select(token => (long)token)], sequences: 1);

        // The row of each token tells where the decoder looked to write the next one.
        var first = start.Count - 1;
        var matrix = Matrix(decoding, fed.Count, first, columns);
        var arrivals = Arrivals(matrix, text.Count + 1, columns);
        var probabilities = new double[text.Count];
        for (var i = 0; i < text.Count; i++)
        {
            probabilities[i] = LogProbabilities.Probability(decoding.Logits(0, first + i)[..tokenizer.Special.EndOfText], text[i]);
        }

        var aligned = new List<AlignedWord>();
        var from = 0;
        foreach (var word in words.SkipLast(1))
        {
            var to = from + word.Tokens.Count;
            aligned.Add(new AlignedWord
            {
                Text = word.Text,
                Tokens = word.Tokens.Count,
                Start = arrivals[from] * model.Dimensions.SecondsPerPosition,
                End = arrivals[to] * model.Dimensions.SecondsPerPosition,
                Probability = probabilities.AsSpan(from, to - from).ToArray().Average(),
            });
            from = to;
        }

        return aligned;
    }

    /// <summary>Mean over the heads of their standardised, smoothed attention, negated to be a cost: rows from the last start token to the last text token.</summary>
    private float[] Matrix(IWhisperDecoding decoding, int tokens, int first, int columns)
    {
        var rows = tokens - first - 1;
        var matrix = new float[rows * columns];
        var weights = new float[tokens * columns];
        foreach (var head in heads)
        {
            Restrict(decoding.Attention(head.Layer, head.Head), weights, tokens, columns);
            Standardise(weights, tokens, columns);
            for (var row = 0; row < rows; row++)
            {
                var own = weights.AsSpan((first + row) * columns, columns);
                MedianFilter.Apply(own, MedianWidth);
                for (var column = 0; column < columns; column++) matrix[(row * columns) + column] -= own[column] / heads.Count;
            }
        }

        return matrix;
    }

    /// <summary>Shares of attention among the positions that hold sound: the same as a softmax over those alone.</summary>
    private static void Restrict(ReadOnlySpan<float> attention, Span<float> weights, int tokens, int columns)
    {
        var positions = attention.Length / tokens;
        for (var row = 0; row < tokens; row++)
        {
            var source = attention.Slice(row * positions, columns);
            var sum = 0.0;
            foreach (var share in source) sum += share;

            for (var column = 0; column < columns; column++) weights[(row * columns) + column] = sum > 0 ? (float)(source[column] / sum) : 0;
        }
    }

    /// <summary>Mean 0 and deviation 1 over the tokens at every position; a position that all tokens attend to alike becomes 0.</summary>
    private static void Standardise(Span<float> weights, int tokens, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var row = 0; row < tokens; row++) sum += weights[(row * columns) + column];

            var mean = sum / tokens;
            for (var row = 0; row < tokens; row++)
            {
                var difference = weights[(row * columns) + column] - mean;
                squares += difference * difference;
            }

            var deviation = Math.Sqrt(squares / tokens);
            for (var row = 0; row < tokens; row++)
            {
                ref var weight = ref weights[(row * columns) + column];
                weight = deviation > 0 ? (float)((weight - mean) / deviation) : 0;
            }
        }
    }

    /// <summary>The position at which the path reaches each row.</summary>
    private static int[] Arrivals(float[] costs, int rows, int columns)
    {
        var arrivals = new int[rows];
        var previous = -1;
        foreach (var (row, column) in DynamicTimeWarping.Path(costs, rows, columns))
        {
            if (row == previous) continue;

            previous = row;
            arrivals[row] = column;
        }

        return arrivals;
    }
}
