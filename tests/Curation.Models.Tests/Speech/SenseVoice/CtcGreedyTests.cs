using Curation.Models.Speech.SenseVoice;

namespace Curation.Models.Tests.Speech.SenseVoice;

public sealed class CtcGreedyTests
{
    [Fact]
    public void Runs_are_joined_and_blanks_part_what_is_said_twice()
    {
        // Graves et al. 2006: a a - a b b is "aab".
        var tokens = CtcGreedy.Collapse(Frames(1, 1, 0, 1, 2, 2), 3);

        Assert.Equal([(1, 0, 1), (1, 3, 3), (2, 4, 5)], tokens.Select(token => (token.Id, token.First, token.Last)));
    }

    [Fact]
    public void Frames_of_blanks_say_nothing()
    {
        Assert.Empty(CtcGreedy.Collapse(Frames(0, 0, 0), 3));
    }

    [Fact]
    public void Logits_and_log_probabilities_give_the_same_probability()
    {
        // Odds 1 : 6 : 3 give the best token 0.6.
        float[] logits = [5, 5 + MathF.Log(6), 5 + MathF.Log(3)];
        float[] logProbabilities = [MathF.Log(0.1f), MathF.Log(0.6f), MathF.Log(0.3f)];

        Assert.Equal(0.6, Math.Exp(Assert.Single(CtcGreedy.Collapse(logits, 3)).LogProbability), 1e-6);
        Assert.Equal(0.6, Math.Exp(Assert.Single(CtcGreedy.Collapse(logProbabilities, 3)).LogProbability), 1e-6);
    }

    [Fact]
    public void A_run_has_the_probability_of_its_best_frame()
    {
        float[] logits = [0, MathF.Log(3), 0, MathF.Log(9)];

        Assert.Equal(0.9, Math.Exp(Assert.Single(CtcGreedy.Collapse(logits, 2)).LogProbability), 1e-6);
    }

    private static float[] Frames(params int[] tokens) => [.. tokens.SelectMany(token => Enumerable.Range(0, 3).Select(id => id == token ? 10f : 0f))];
}
