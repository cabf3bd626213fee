using System.Text.Json;
using Curation.Models.Speech.Whisper;
using Curation.Tests;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>The parity case whisper-decode, recorded from openai/whisper at c0d2f62.</summary>
internal static class WhisperCase
{
    private static readonly Lazy<JsonElement> Recorded = new(() => JsonDocument.Parse(File.ReadAllBytes(RealClips.Require("parity/whisper-decode/case.json"))).RootElement.Clone());

    public static JsonElement Results => Recorded.Value.GetProperty("results");

    public static JsonElement Tokenizer => Recorded.Value.GetProperty("tokenizer");

    public static WhisperTokenizer LoadTokenizer(int vocabularySize = 51865) => WhisperTokenizer.Load(RealClips.Require("models/whisper-multilingual.tiktoken"), vocabularySize);

    public static int[] Ints(this JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt32())];
}
