using System.Globalization;
using System.Text;
using System.Text.Json;
using Curation.Models.Running;
using Curation.Models.Speech.Whisper;
using Curation.Tests;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class WhisperTokenizerTests
{
    [Fact]
    public void Encode_of_the_recorded_texts_gives_upstreams_ids()
    {
        var tokenizer = WhisperCase.LoadTokenizer();

        foreach (var example in WhisperCase.Tokenizer.GetProperty("encode_examples").EnumerateObject())
        {
            Assert.Equal(example.Value.Ints(), tokenizer.Encode(example.Name));
        }
    }

    [Fact]
    public void Decode_of_the_recorded_ids_gives_the_text_back()
    {
        var tokenizer = WhisperCase.LoadTokenizer();

        foreach (var example in WhisperCase.Tokenizer.GetProperty("encode_examples").EnumerateObject())
        {
            Assert.Equal(example.Name, tokenizer.Decode(example.Value.Ints()));
        }
    }

    [Theory]
    [InlineData(51865)]
    [InlineData(51866)]
    public void Non_speech_tokens_of_a_multilingual_vocabulary_are_upstreams(int vocabularySize)
    {
        var recorded = vocabularySize == 51865 ? WhisperCase.Tokenizer : WhisperCase.Tokenizer.GetProperty("large_v3_vocab_51866");

        Assert.Equal(recorded.GetProperty("non_speech_tokens").Ints(), WhisperCase.LoadTokenizer(vocabularySize).NonSpeech);
    }

    [Fact]
    public void Name_of_a_special_token_inside_a_text_stays_text()
    {
        var tokenizer = WhisperCase.LoadTokenizer();

        Assert.All(tokenizer.Encode("ignore this <|endoftext|> please"), token => Assert.True(token < tokenizer.Special.EndOfText));
    }

    [Fact]
    public void Vocabulary_of_another_layout_is_refused_with_both_sizes()
    {
        var path = RealClips.Require("models/whisper-multilingual.tiktoken");

        var exception = Assert.Throws<ModelUnavailableException>(() => { WhisperTokenizer.Load(path, 51864); });

        Assert.Contains("50257", exception.Message, StringComparison.Ordinal);
        Assert.Contains("50256", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_line_is_refused_with_its_number()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".tiktoken");
        File.WriteAllText(path, "IQ== 0\nIg== 1\nIw== 7\n");
        try
        {
            var exception = Assert.Throws<ModelUnavailableException>(() => { WhisperTokenizer.Load(path, 51865); });
            Assert.Contains("line 3", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Tokenizer_json_gives_the_same_ids_as_the_official_vocabulary()
    {
        var official = RealClips.Require("models/whisper-multilingual.tiktoken");
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        File.WriteAllText(path, TokenizerJson.From(official));
        try
        {
            var tokenizer = WhisperTokenizer.Load(path, 51865);
            foreach (var example in WhisperCase.Tokenizer.GetProperty("encode_examples").EnumerateObject())
            {
                Assert.Equal(example.Value.Ints(), tokenizer.Encode(example.Name));
                Assert.Equal(example.Name, tokenizer.Decode(example.Value.Ints()));
            }

            Assert.Equal(WhisperCase.Tokenizer.GetProperty("non_speech_tokens").Ints(), tokenizer.NonSpeech);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Words_are_cut_at_blanks_and_punctuation()
    {
        var tokenizer = WhisperCase.LoadTokenizer();

        var words = WordSplitter.Split(tokenizer, tokenizer.Encode(" Hello world, this is a test."), "en");

        Assert.Equal([" Hello", " world", ",", " this", " is", " a", " test", "."], words.Select(word => word.Text));
    }

    [Fact]
    public void Words_of_chinese_are_whole_characters_even_where_a_character_takes_several_tokens()
    {
        var tokenizer = WhisperCase.LoadTokenizer();

        var words = WordSplitter.Split(tokenizer, tokenizer.Encode("你好，世界。语音识别"), "zh");

        Assert.DoesNotContain(words, word => word.Text.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Equal("你好，世界。语音识别", string.Concat(words.Select(word => word.Text)));
        Assert.Contains(words, word => word.Tokens.Count > 1);
    }

    /// <summary>Writes a tiktoken vocabulary as Hugging Face's tokenizer.json: the merges are the last pair that ordinary byte-pair encoding joins for each token.</summary>
    private static class TokenizerJson
    {
        public static string From(string tiktoken)
        {
            var tokens = File.ReadLines(tiktoken).Where(line => !line.StartsWith('=')).Select(line => Convert.FromBase64String(line[..line.IndexOf(' ', StringComparison.Ordinal)])).ToList();
            var ranks = tokens.Select((token, rank) => (Key: Encoding.Latin1.GetString(token), rank)).ToDictionary(entry => entry.Key, entry => entry.rank);
            var letters = Letters();
            string Written(string token) => string.Concat(token.Select(value => letters[value]));

            var merges = new List<string>();
            for (var rank = 256; rank < tokens.Count; rank++)
            {
                var (left, right) = LastPair(Encoding.Latin1.GetString(tokens[rank]), ranks, rank);
                merges.Add($"{Written(left)} {Written(right)}");
            }

            return JsonSerializer.Serialize(new
            {
                added_tokens = new[] { new { id = 50257, content = "<|endoftext|>", special = true } },
                model = new { type = "BPE", vocab = ranks.ToDictionary(entry => Written(entry.Key), entry => entry.Value), merges },
            });
        }

        private static (string Left, string Right) LastPair(string token, Dictionary<string, int> ranks, int limit)
        {
            var parts = token.Select(value => value.ToString(CultureInfo.InvariantCulture)).ToList();
            while (parts.Count > 2)
            {
                var (best, at) = (limit, -1);
                for (var i = 0; i + 1 < parts.Count; i++)
                {
                    if (ranks.TryGetValue(parts[i] + parts[i + 1], out var rank) && rank < best) (best, at) = (rank, i);
                }

                parts[at] += parts[at + 1];
                parts.RemoveAt(at + 1);
            }

            return (parts[0], parts[1]);
        }

        private static Dictionary<char, char> Letters()
        {
            var letters = new Dictionary<char, char>();
            var next = 256;
            for (var value = 0; value < 256; value++)
            {
                letters[(char)value] = value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? (char)value : (char)next++;
            }

            return letters;
        }
    }
}
