using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class WordTimesTests
{
    private static readonly WhisperDimensions Dimensions = new(80, 51865);

    [Fact]
    public void Path_follows_the_cheap_elements()
    {
        float[] costs =
        [
            0, 0, 9, 9, 9,
            9, 9, 0, 9, 9,
            9, 9, 9, 0, 0,
        ];

        Assert.Equal([(0, 0), (0, 1), (1, 2), (2, 3), (2, 4)], DynamicTimeWarping.Path(costs, 3, 5));
    }

    [Fact]
    public void Median_removes_a_spike_and_mirrors_the_ends()
    {
        float[] row = [1, 5, 2, 90, 3, 4];

        MedianFilter.Apply(row, 3);

        // The mirror of [1, 5] before the start is 5, that of [3, 4] after the end is 3.
        Assert.Equal([5, 2, 5, 3, 4, 3], row);
    }

    [Fact]
    public void Words_start_where_the_decoder_looked_to_write_them()
    {
        var tokenizer = WhisperCase.LoadTokenizer();
        var text = tokenizer.Encode(" Hello world");

        // Rows: start, en, transcribe, no timestamps, Hello, world, end. The row before a token writes it: row 3 looks at 0.5 to 1.5 s, row 4 at 1.5 to 2.5 s, row 5 after that.
        var model = new ScriptedWhisper(Dimensions, _ => ScriptedWhisper.Certain(51865, text[0]), (_, _, tokens) => Looking(tokens, row => row < 3 ? 0 : (row - 2) * 50));
        var aligner = new WordAligner(model, tokenizer, [new AlignmentHead(0, 0)]);

        var words = aligner.Align(model.Encode([]), text, "en", WhisperTask.Transcribe, 1000);

        Assert.Equal([" Hello", " world"], words.Select(word => word.Text));
        Assert.Equal(1.5, words[0].End, 0.061);
        Assert.Equal(words[0].End, words[1].Start);
        Assert.Equal(2.5, words[1].End, 0.061);
        Assert.Equal(1, words[0].Probability, 1e-6);
        Assert.Equal(0, words[1].Probability, 1e-6);
    }

    [Fact]
    public void Punctuation_joins_the_word_it_belongs_to()
    {
        var tokenizer = WhisperCase.LoadTokenizer();
        var pieces = WordSplitter.Split(tokenizer, tokenizer.Encode(" He said (yes), twice."), "en").Select(word => Word(word.Text)).ToList();

        PunctuationMerger.Merge(pieces);

        Assert.Equal([" He", " said", " (yes),", " twice."], pieces.Select(word => word.Text).Where(word => word.Length > 0));
    }

    [Fact]
    public void Interpolated_words_fill_the_segment_by_letters_and_say_so()
    {
        var tokenizer = WhisperCase.LoadTokenizer();
        var text = " one three";
        var segment = new WhisperSegment(0, 10, 20, tokenizer.Encode(text), text, new DecodingResult("en", [], text));

        var words = InterpolatedWords.Add(segment, tokenizer, "en").Words;

        Assert.Equal([" one", " three"], words.Select(word => word.Text));
        Assert.Equal([10, 14], words.Select(word => word.Start));
        Assert.Equal([14, 20], words.Select(word => word.End));
        Assert.All(words, word => Assert.Equal(Models.Speech.WordTiming.Interpolated, word.Timing));
        Assert.All(words, word => Assert.Null(word.Probability));
    }

    private static AlignedWord Word(string text) => new() { Text = text, Tokens = 1, Start = 0, End = 0, Probability = 1 };

    private static float[] Looking(int tokens, Func<int, int> at)
    {
        var attention = new float[tokens * 1500];
        for (var row = 0; row < tokens; row++)
        {
            for (var column = 0; column < 1500; column++) attention[(row * 1500) + column] = Math.Abs(column - at(row)) < 25 ? 0.019f : 0.00001f;
        }

        return attention;
    }
}
