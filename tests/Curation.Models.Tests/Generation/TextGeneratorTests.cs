using Curation.Models.Generation;

namespace Curation.Models.Tests.Generation;

/// <summary>Searches over Markov chains whose best path can be computed by hand.</summary>
public sealed class TextGeneratorTests
{
    private const int End = 0;
    private const int Start = 1;
    private const int A = 2;
    private const int B = 3;

    [Fact]
    public void Greedy_takes_the_likeliest_token_each_time()
    {
        // 0.6 · 0.55 · 1 against 0.4 · 1: the first step decides.
        using var model = Trap();

        var text = TextGenerator.Generate(model, Options(beams: 1), TestContext.Current.CancellationToken);

        Assert.Equal([A, B, End], text.Tokens);
        Assert.Equal(Math.Log(0.6 * 0.55), text.LogProbability, 5);
    }

    [Fact]
    public void Beam_search_finds_the_likelier_text_behind_an_unlikely_start()
    {
        using var model = Trap();

        var text = TextGenerator.Generate(model, Options(beams: 2) with { LengthPenalty = 0 }, TestContext.Current.CancellationToken);

        Assert.Equal([B, End], text.Tokens);
        Assert.Equal(Math.Log(0.4), text.LogProbability, 5);
    }

    [Fact]
    public void A_sequence_continues_the_memory_of_its_parent()
    {
        using var model = Trap();

        TextGenerator.Generate(model, Options(beams: 2), TestContext.Current.CancellationToken);

        Assert.True(model.WasConsistent);
    }

    [Fact]
    public void The_length_penalty_divides_by_a_power_of_the_length()
    {
        // ln 0.33 / 3 = -0.370 beats ln 0.4 / 2 = -0.458.
        using var model = Trap();

        Assert.Equal([A, B, End], TextGenerator.Generate(model, Options(beams: 2) with { EarlyStopping = false }, TestContext.Current.CancellationToken).Tokens);
    }

    [Fact]
    public void No_run_of_three_tokens_occurs_twice()
    {
        // A chain that would say A B A B ... for ever.
        using var model = new Chain(new()
        {
            [Start] = [(A, 1.0)],
            [A] = [(B, 0.9), (End, 0.1)],
            [B] = [(A, 0.9), (End, 0.1)],
        });

        var text = TextGenerator.Generate(model, Options(beams: 1) with { NoRepeatNgram = 3 }, TestContext.Current.CancellationToken);

        // After A B A B the run A B A has been said, so the text must end.
        Assert.Equal([A, B, A, B, End], text.Tokens);
    }

    [Fact]
    public void The_longest_text_ends_by_force_and_free_of_charge()
    {
        using var model = new Chain(new() { [Start] = [(A, 1.0)], [A] = [(A, 1.0)] });

        var text = TextGenerator.Generate(model, Options(beams: 1) with { MaxTokens = 4 }, TestContext.Current.CancellationToken);

        Assert.Equal([A, A, A, End], text.Tokens);
        Assert.Equal(0, text.LogProbability, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_forced_first_token_comes_first(int beams)
    {
        using var model = Trap();

        var text = TextGenerator.Generate(model, Options(beams) with { ForcedFirstToken = B }, TestContext.Current.CancellationToken);

        Assert.Equal([B, End], text.Tokens);
        Assert.Equal(0, text.LogProbability, 5);
        Assert.Equal(1, text.MeanProbability, 5);
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_an_error()
    {
        using var model = new Chain(new() { [Start] = [(A, double.NaN)] });

        Assert.Throws<InvalidDataException>(() => TextGenerator.Generate(model, Options(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Cancelling_stops_between_tokens()
    {
        using var model = Trap();

        Assert.Throws<OperationCanceledException>(() => TextGenerator.Generate(model, Options(1), new CancellationToken(canceled: true)));
    }

    private static GenerationOptions Options(int beams) => new() { StartToken = Start, EndToken = End, Beams = beams, MaxTokens = 10 };

    private static Chain Trap() => new(new()
    {
        [Start] = [(A, 0.6), (B, 0.4)],
        [A] = [(B, 0.55), (A, 0.45)],
        [B] = [(End, 1.0)],
    });

    /// <summary>Each token's successors with their probabilities; checks that the memory is handed on rightly.</summary>
    private sealed class Chain(Dictionary<int, (int Token, double Probability)[]> next) : IStepModel
    {
        private List<List<int>> _memory = [[]];

        public bool WasConsistent { get; private set; } = true;

        public int VocabularySize => 4;

        public void Advance(ReadOnlySpan<int> tokens, ReadOnlySpan<int> parents, Span<float> logits)
        {
            logits.Fill(-1000);
            var memory = new List<List<int>>();
            for (var row = 0; row < tokens.Length; row++)
            {
                var before = _memory[parents[row]];
                if (before.Count > 0 && !IsSuccessor(before[^1], tokens[row])) WasConsistent = false;
                memory.Add([.. before, tokens[row]]);
                foreach (var (token, probability) in next[tokens[row]]) logits[(row * VocabularySize) + token] = (float)Math.Log(probability);
            }

            _memory = memory;
        }

        public void Dispose()
        {
        }

        private bool IsSuccessor(int before, int token) => Array.Exists(next[before], entry => entry.Token == token);
    }
}
