using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>A model that says what a test wants: logits from the tokens so far, attention from layer, head and number of tokens.</summary>
internal sealed class ScriptedWhisper(WhisperDimensions dimensions, Func<IReadOnlyList<int>, float[]> logits, Func<int, int, int, float[]>? attention = null) : IWhisperModel
{
    public WhisperDimensions Dimensions => dimensions;

    public bool OffersAttention => attention is not null;

    public int Encoded { get; private set; }

    public IWhisperSound Encode(ReadOnlySpan<float> mel)
    {
        Encoded++;
        return new Sound();
    }

    public IWhisperDecoding Begin(IWhisperSound sound, bool withAttention = false) => new Decoding(logits, attention);

    public void Dispose()
    {
    }

    /// <summary>Logits that make one token all but certain.</summary>
    public static float[] Certain(int vocabulary, int token)
    {
        var logits = new float[vocabulary];
        Array.Fill(logits, -100);
        logits[token] = 100;
        return logits;
    }

    private sealed class Sound : IWhisperSound
    {
        public void Dispose()
        {
        }
    }

    private sealed class Decoding(Func<IReadOnlyList<int>, float[]> logits, Func<int, int, int, float[]>? attention) : IWhisperDecoding
    {
        private List<List<int>> _sequences = [[]];
        private int _length;

        public void Step(ReadOnlySpan<long> tokens, int sequences)
        {
            Assert.Equal(_sequences.Count, sequences);
            _length = tokens.Length / sequences;
            for (var i = 0; i < tokens.Length; i++) _sequences[i / _length].Add((int)tokens[i]);
        }

        public ReadOnlySpan<float> Logits(int sequence, int position)
        {
            var tokens = _sequences[sequence];
            return logits(tokens[..(tokens.Count - _length + position + 1)]);
        }

        public ReadOnlySpan<float> Attention(int layer, int head) => attention!(layer, head, _length);

        public void Choose(ReadOnlySpan<int> sources)
        {
            var chosen = new List<List<int>>();
            foreach (var source in sources) chosen.Add([.. _sequences[source]]);

            _sequences = chosen;
        }

        public void Dispose()
        {
        }
    }
}
