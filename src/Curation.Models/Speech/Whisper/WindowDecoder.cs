namespace Curation.Models.Speech.Whisper;

/// <summary>Decodes one window of 30 seconds (whisper/decoding.py, DecodingTask).</summary>
internal sealed class WindowDecoder(IWhisperModel model, WhisperTokenizer tokenizer)
{
    private readonly WhisperSpecialTokens _special = tokenizer.Special;

    public DecodingResult Decode(IWhisperSound sound, DecodingOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var (language, languageProbability) = Language(sound, options);
        var sampleLength = options.SampleLength ?? (model.Dimensions.TextPositions / 2);
        var (initial, startIndex) = InitialTokens(options, language, sampleLength);
        var filters = Filters(options);
        var chooser = Chooser(options);

        using var decoding = model.Begin(sound);
        decoding.Step([.. initial.Select(token => (long)token)], sequences: 1);
        var noSpeech = LogProbabilities.Probability(decoding.Logits(0, startIndex), _special.NoSpeech);
        var position = initial.Count - 1;
        var sequences = 1;
        for (var sampled = 1; ; sampled++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var present = chooser.Present;
            var logits = new float[sequences][];
            for (var i = 0; i < sequences; i++)
            {
                logits[i] = decoding.Logits(i, position).ToArray();
                foreach (var filter in filters) filter.Apply(logits[i], [.. present[i]]);
            }

            var sources = chooser.Advance(logits);
            if (sources.Length == 0 || sampled == sampleLength || initial.Count + sampled > model.Dimensions.TextPositions) break;

            decoding.Choose(sources);
            sequences = sources.Length;
            position = 0;
            decoding.Step([.. chooser.Present.Select(tokens => (long)tokens[^1])], sequences);
        }

        var best = chooser.Finish().MaxBy(candidate => candidate.Score(options.LengthPenalty))!;
        var text = tokenizer.Decode(best.Tokens).Trim();
        return new DecodingResult(language, best.Tokens, text)
        {
            LanguageProbability = languageProbability,
            AverageLogProbability = best.LogProbability / (best.Tokens.Count + 1),
            NoSpeechProbability = noSpeech,
            CompressionRatio = CompressionRatio.Of(text),
            Temperature = options.Temperature,
        };
    }

    /// <summary>The filters in upstream's order.</summary>
    internal IReadOnlyList<ILogitFilter> Filters(DecodingOptions options)
    {
        var filters = new List<ILogitFilter>();
        if (options.SuppressBlank) filters.Add(new SuppressBlank(tokenizer));
        if (options.SuppressTokens is not { Count: 0 }) filters.Add(SuppressTokens.For(tokenizer, options.SuppressTokens));
        if (!options.WithoutTimestamps)
        {
            // Upstream reads 0 as no limit.
            int? latest = options.MaxInitialTimestamp is > 0 and { } seconds ? (int)Math.Round(seconds / model.Dimensions.SecondsPerPosition) : null;
            filters.Add(new TimestampRules(_special, latest));
        }

        return filters;
    }

    /// <summary>Previous text, start, prefix; and where the start of the transcript stands among them.</summary>
    internal (IReadOnlyList<int> Tokens, int StartIndex) InitialTokens(DecodingOptions options, string language, int sampleLength)
    {
        var half = model.Dimensions.TextPositions / 2;
        var tokens = new List<int>();
        if (options.Prompt.Count > 0)
        {
            tokens.Add(_special.StartOfPrevious);
            tokens.AddRange(options.Prompt.TakeLast(half - 1));
        }

        var startIndex = tokens.Count;
        tokens.AddRange(_special.StartSequence(language, options.Task, options.WithoutTimestamps));

        // As upstream: with the full sample length the whole prefix stays.
        tokens.AddRange(sampleLength == half ? options.Prefix : options.Prefix.TakeLast(Math.Max(half - sampleLength, 0)));
        if (tokens.Count > model.Dimensions.TextPositions) throw new ArgumentException($"prompt and prefix take {tokens.Count} tokens, the decoder's context has {model.Dimensions.TextPositions}", nameof(options));

        return (tokens, startIndex);
    }

    private (string Code, double? Probability) Language(IWhisperSound sound, DecodingOptions options)
    {
        if (options.Language is { } given) return (given, null);
        if (!_special.IsMultilingual) return ("en", null);

        var detected = LanguageDetector.Detect(model, _special, sound)[0];
        return (detected.Code, detected.Probability);
    }

    private ITokenChooser Chooser(DecodingOptions options)
    {
        return options.BeamSize is { } beams
            ? new BeamSearch(beams, options.Patience ?? 1, _special.EndOfText)
            : new GreedyDecoder(options.Temperature, options.BestOf ?? 1, _special.EndOfText, options.Seed);
    }
}
