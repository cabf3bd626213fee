using System.Text;
using Curation.Models.Running;

namespace Curation.Models.Speech.Whisper;

/// <summary>Whisper's tokenizer: text to tokens, tokens to text and words, and the ids that are not text.</summary>
public sealed class WhisperTokenizer
{
    private readonly WhisperVocabulary _vocabulary;
    private readonly Lazy<IReadOnlyList<int>> _nonSpeech;

    private WhisperTokenizer(WhisperVocabulary vocabulary, WhisperSpecialTokens special)
    {
        _vocabulary = vocabulary;
        Special = special;
        _nonSpeech = new Lazy<IReadOnlyList<int>>(() => NonSpeechTokens.Of(Encode));
    }

    /// <summary>Ids that are not text.</summary>
    public WhisperSpecialTokens Special { get; }

    /// <summary>Tokens that write sounds rather than speech (brackets, notes, stars), in ascending order: suppressed by default.</summary>
    public IReadOnlyList<int> NonSpeech => _nonSpeech.Value;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="path">OpenAI's <c>multilingual.tiktoken</c> or <c>gpt2.tiktoken</c>, or Hugging Face's <c>tokenizer.json</c>.</param>
    /// <param name="vocabularySize">Size of the model's logits; it tells the three layouts apart.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ModelUnavailableException">The file is missing, damaged, or belongs to another layout.</exception>
    public static WhisperTokenizer Load(string path, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) throw new ModelUnavailableException($"{path} does not exist");

        WhisperSpecialTokens special;
        try
        {
            special = WhisperSpecialTokens.For(vocabularySize);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new ModelUnavailableException($"the decoder has {vocabularySize} logits; Whisper's vocabularies have 51864, 51865 or 51866 tokens", exception);
        }

        var vocabulary = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? WhisperVocabulary.FromTokenizerJson(path) : WhisperVocabulary.FromTiktoken(path);

        // The multilingual file counts an empty last token that tokenizer.json may leave out.
        if (vocabulary.Count != special.EndOfText && vocabulary.Count != special.EndOfText - (special.IsMultilingual ? 1 : 0))
        {
            throw new ModelUnavailableException($"{path} has {vocabulary.Count} text tokens, but a model of {vocabularySize} logits has {special.EndOfText}");
        }

        return new WhisperTokenizer(vocabulary, special);
    }

    /// <summary>Cuts a text into tokens. Names of special tokens inside the text are taken as plain text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Ids below <see cref="WhisperSpecialTokens.EndOfText"/>.</returns>
    public IReadOnlyList<int> Encode(string text) => _vocabulary.Encode(text);

    /// <summary>Puts tokens together to text.</summary>
    /// <param name="tokens">Any tokens; those that are not text are left out.</param>
    /// <returns>The text; bytes that make no character become U+FFFD.</returns>
    public string Decode(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var bytes = new List<byte>();
        foreach (var token in tokens)
        {
            if (token >= 0 && token < _vocabulary.Count) bytes.AddRange(_vocabulary.Bytes(token));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
