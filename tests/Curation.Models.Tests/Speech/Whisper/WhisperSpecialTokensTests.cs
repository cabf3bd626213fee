using System.Text.Json;
using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class WhisperSpecialTokensTests
{
    [Fact]
    public void Layout_of_99_languages_is_upstreams() => AssertLayout(51865, WhisperCase.Tokenizer);

    [Fact]
    public void Layout_of_large_v3_is_upstreams() => AssertLayout(51866, WhisperCase.Tokenizer.GetProperty("large_v3_vocab_51866"));

    [Fact]
    public void Layout_of_the_english_only_models_is_upstreams() => AssertLayout(51864, WhisperCase.Tokenizer.GetProperty("english_only_vocab_51864"));

    [Fact]
    public void Start_sequence_without_timestamps_ends_in_no_timestamps()
    {
        var special = WhisperSpecialTokens.For(51865);

        Assert.Equal(WhisperCase.Tokenizer.GetProperty("with_notimestamps").Ints(), special.StartSequence("en", WhisperTask.Transcribe, withoutTimestamps: true));
    }

    [Fact]
    public void Cantonese_needs_large_v3()
    {
        Assert.Equal(50258 + 100, WhisperSpecialTokens.For(51866).Language("yue"));
        Assert.Throws<ArgumentException>(() => WhisperSpecialTokens.For(51865).Language("yue"));
    }

    [Fact]
    public void Vocabulary_of_no_whisper_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => WhisperSpecialTokens.For(50000));

    private static void AssertLayout(int vocabularySize, JsonElement recorded)
    {
        var special = WhisperSpecialTokens.For(vocabularySize);

        Assert.Equal(recorded.GetProperty("n_vocab").GetInt32(), special.VocabularySize);
        Assert.Equal(recorded.GetProperty("eot").GetInt32(), special.EndOfText);
        Assert.Equal(recorded.GetProperty("timestamp_begin").GetInt32(), special.TimestampBegin);
        Assert.Equal(recorded.GetProperty("no_speech").GetInt32(), special.NoSpeech);
        Assert.Equal(recorded.GetProperty("no_timestamps").GetInt32(), special.NoTimestamps);
        Assert.Equal(recorded.GetProperty("translate").GetInt32(), special.Translate);
        Assert.Equal(recorded.GetProperty("transcribe").GetInt32(), special.Transcribe);
        Assert.Equal(recorded.GetProperty("sot_prev").GetInt32(), special.StartOfPrevious);
        var start = recorded.TryGetProperty("sot_sequence", out var sequence) ? sequence : recorded.GetProperty("sot_sequence_en_transcribe");
        Assert.Equal(start.Ints(), special.StartSequence("en", WhisperTask.Transcribe, withoutTimestamps: false));
    }
}
