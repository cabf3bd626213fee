using Curation.Models.Features;

namespace Curation.Models.Speech.Whisper;

/// <summary>Transcribes sound of any length window by window (whisper/transcribe.py). Several threads may use it at once.</summary>
public sealed class WhisperTranscriber
{
    /// <summary>Above this temperature a window's text is too wild to be given to the next one.</summary>
    private const double WildTemperature = 0.5;

    private readonly IWhisperModel _model;
    private readonly WhisperTokenizer _tokenizer;
    private readonly WindowDecoder _decoder;
    private readonly WordTimes _words;
    private readonly WhisperLogMel _logMel;
    private readonly string _name;

    /// <summary>Puts a model and its tokenizer together.</summary>
    /// <param name="graphs">The model.</param>
    /// <param name="tokenizer">Its tokenizer, loaded for <see cref="WhisperDimensions.VocabularySize"/>.</param>
    /// <param name="name">Name and version for <see cref="Transcript.Model"/>.</param>
    /// <exception cref="ArgumentException">The tokenizer was loaded for another vocabulary.</exception>
    public WhisperTranscriber(WhisperGraphs graphs, WhisperTokenizer tokenizer, string name)
        : this(graphs, graphs?.AlignmentHeads ?? [], tokenizer, name)
    {
    }

    internal WhisperTranscriber(IWhisperModel model, IReadOnlyList<AlignmentHead> heads, WhisperTokenizer tokenizer, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.Special.VocabularySize != model.Dimensions.VocabularySize)
        {
            throw new ArgumentException($"the tokenizer was loaded for {tokenizer.Special.VocabularySize} tokens, the model has {model.Dimensions.VocabularySize}", nameof(tokenizer));
        }

        _model = model;
        _tokenizer = tokenizer;
        _name = name;
        _decoder = new WindowDecoder(model, tokenizer);
        _words = new WordTimes(model, tokenizer, heads);
        _logMel = new WhisperLogMel(model.Dimensions.MelBands);
    }

    /// <summary>Transcribes a sound.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1].</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between two tokens.</param>
    /// <returns>What was said; segments without text are left out.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or two options contradict each other.</exception>
    public Transcript Transcribe(ReadOnlySpan<float> samples, TranscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TranscriptionOptions();
        var (language, segments) = Segments(samples, options, cancellationToken);
        return new Transcript(
            _name,
            language.Code,
            options.Decoding.Language is null && _tokenizer.Special.IsMultilingual ? language.Probability : null,
            [.. segments.Where(segment => segment.Text.Length > 0).Select(Public)]);
    }

    /// <summary>Finds the language of the first 30 seconds.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1].</param>
    /// <returns>Every language with its probability, likeliest first.</returns>
    /// <exception cref="InvalidOperationException">The model knows English only.</exception>
    public IReadOnlyList<LanguageProbability> DetectLanguage(ReadOnlySpan<float> samples) => DetectLanguage(_logMel.Compute(samples, WhisperLogMel.WindowSamples));

    /// <summary>The segments with their tokens, cleared ones among them.</summary>
    internal (LanguageProbability Language, IReadOnlyList<WhisperSegment> Segments) Segments(ReadOnlySpan<float> samples, TranscriptionOptions options, CancellationToken cancellationToken)
    {
        options.Check();

        // Thirty seconds of silence behind the sound, so that its last window is cut from real frames.
        var mel = _logMel.Compute(samples, WhisperLogMel.WindowSamples);
        var content = mel.Columns - WhisperDimensions.WindowFrames;
        var language = Language(mel, options);
        options = options with { Decoding = options.Decoding with { Language = language.Code } };

        var past = new PreviousText(_tokenizer, options, _model.Dimensions.TextPositions);
        var all = new List<WhisperSegment>();
        var lastSpeech = 0.0;
        foreach (var (clipStart, clipEnd) in ClipList.Frames(options.ClipTimestamps, content))
        {
            // Times of a clip may overlap what a window before has heard already.
            var seek = clipStart;
            while (seek < clipEnd)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = Math.Min(WhisperDimensions.WindowFrames, clipEnd - seek);
                using var sound = _model.Encode(Window(mel, seek, size));
                var result = Decode(sound, options, past.Prompt, seek, cancellationToken);
                if (IsSilence(result, options))
                {
                    seek += size;
                    continue;
                }

                var window = WindowSlicer.Slice(_tokenizer, _model.Dimensions, result, seek, size);
                if (options.WordTimestamps) window = _words.Add(window, sound, language.Code, options.Decoding.Task, size, ref lastSpeech);

                var segments = window.Segments.Select(segment => segment.Cleared()).ToList();
                all.AddRange(segments);
                past.Add(segments.SelectMany(segment => segment.Tokens), forget: !options.ConditionOnPreviousText || result.Temperature > WildTemperature);

                // A text that ends where it began would be heard for ever; upstream relies on the timestamp rules to forbid it.
                seek = window.NextSeek > seek ? window.NextSeek : seek + size;
            }
        }

        return (language, all);
    }

    private LanguageProbability Language(FeatureMatrix mel, TranscriptionOptions options)
    {
        if (options.Decoding.Language is { } given) return new LanguageProbability(given, 1);

        return _tokenizer.Special.IsMultilingual ? DetectLanguage(mel)[0] : new LanguageProbability("en", 1);
    }

    private IReadOnlyList<LanguageProbability> DetectLanguage(FeatureMatrix mel)
    {
        using var sound = _model.Encode(Window(mel, 0, WhisperDimensions.WindowFrames));
        return LanguageDetector.Detect(_model, _tokenizer.Special, sound);
    }

    /// <summary>Decodes at rising temperatures until the text is neither repetitive nor unlikely, or nobody speaks.</summary>
    private DecodingResult Decode(IWhisperSound sound, TranscriptionOptions options, IReadOnlyList<int> prompt, int seek, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            // Every window and temperature has a seed of its own, so that a rerun samples the same text.
            var seed = unchecked((options.Decoding.Seed * 31) + (seek * 17) + i);
            var result = _decoder.Decode(sound, options.At(options.Temperatures[i], seed) with { Prompt = prompt }, cancellationToken);
            var repeats = result.CompressionRatio > options.MaxCompressionRatio;
            var unlikely = result.AverageLogProbability < options.MinAverageLogProbability;
            var silent = result.NoSpeechProbability > options.MaxNoSpeechProbability && unlikely;
            if ((!repeats && !unlikely) || silent || i + 1 == options.Temperatures.Count) return result;
        }
    }

    private static bool IsSilence(DecodingResult result, TranscriptionOptions options)
    {
        // A likely text stands even where the no-speech token is likely too.
        return result.NoSpeechProbability > options.MaxNoSpeechProbability && !(result.AverageLogProbability > options.MinAverageLogProbability);
    }

    private static float[] Window(FeatureMatrix mel, int seek, int size)
    {
        var window = new float[mel.Rows * WhisperDimensions.WindowFrames];
        for (var band = 0; band < mel.Rows; band++) mel.Row(band).Slice(seek, size).CopyTo(window.AsSpan(band * WhisperDimensions.WindowFrames));

        return window;
    }

    private static TranscriptSegment Public(WhisperSegment segment) => new(segment.Text, segment.Start, segment.End)
    {
        Words = segment.Words,
        AverageLogProbability = segment.Window.AverageLogProbability,
        NoSpeechProbability = segment.Window.NoSpeechProbability,
        CompressionRatio = segment.Window.CompressionRatio,
        Temperature = segment.Window.Temperature,
    };
}
