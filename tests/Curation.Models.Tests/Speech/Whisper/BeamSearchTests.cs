using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class BeamSearchTests
{
    private const int End = 3;

    [Fact]
    public void Two_beams_find_a_text_that_greedy_misses()
    {
        // First 0 (0.6) or 1 (0.4); after 0 the end has 0.3, after 1 it has 0.9: 0.6 * 0.3 < 0.4 * 0.9.
        Assert.Equal([0], Best(new GreedyDecoder(0, 1, End, 0)).Tokens);

        var best = Best(new BeamSearch(2, 1, End));

        Assert.Equal([1], best.Tokens);
        Assert.Equal(Math.Log(0.4 * 0.9), best.LogProbability, 1e-6);
    }

    [Fact]
    public void Patience_waits_for_more_finished_texts()
    {
        var search = new BeamSearch(2, 1.5, End);
        Best(search);

        Assert.Equal(3, search.Finish().Count);
    }

    [Fact]
    public void Texts_that_do_not_end_stand_in_for_finished_ones()
    {
        var search = new BeamSearch(2, 1, End);
        search.Advance([Logits(0.6, 0.3, 0.1, 0)]);

        var candidates = search.Finish();

        Assert.Equal([0], candidates[0].Tokens);
        Assert.Equal([1], candidates[1].Tokens);
        Assert.Equal(Math.Log(0.6), candidates[0].LogProbability, 1e-6);
    }

    [Fact]
    public void Length_penalty_is_googles()
    {
        var candidate = new Candidate([1, 2, 3, 4, 5, 6, 7], -6);

        Assert.Equal(-6.0 / 7, candidate.Score(null), 1e-12);
        Assert.Equal(-3, candidate.Score(1), 1e-12);
        Assert.Equal(-6, candidate.Score(0), 1e-12);
    }

    [Fact]
    public void Sampling_follows_the_probabilities_at_temperature_one_and_repeats_with_its_seed()
    {
        var counts = new int[4];
        var decoder = new GreedyDecoder(1, 1, end: 99, seed: 7);
        for (var i = 0; i < 4000; i++) decoder.Advance([Logits(0.5, 0.3, 0.2, 0)]);

        foreach (var token in decoder.Present[0]) counts[token]++;
        Assert.InRange(counts[0], 1900, 2100);
        Assert.InRange(counts[1], 1100, 1300);
        Assert.Equal(0, counts[3]);

        var again = new GreedyDecoder(1, 1, end: 99, seed: 7);
        for (var i = 0; i < 4000; i++) again.Advance([Logits(0.5, 0.3, 0.2, 0)]);
        Assert.Equal(decoder.Present[0], again.Present[0]);
    }

    private static Candidate Best(ITokenChooser chooser)
    {
        while (true)
        {
            var sources = chooser.Advance([.. chooser.Present.Select(Next)]);
            if (sources.Length == 0 || chooser.Present[0].Count > 6) return chooser.Finish().MaxBy(candidate => candidate.LogProbability)!;
        }
    }

    private static float[] Next(IReadOnlyList<int> tokens) => tokens switch
    {
        [] => Logits(0.6, 0.4, 0, 0),
        [0] => Logits(0, 0, 0.3, 0.3001),
        [1] => Logits(0, 0, 0.1, 0.9),
        _ => Logits(0, 0, 0.5, 0.5),
    };

    private static float[] Logits(params double[] probabilities) => [.. probabilities.Select(probability => (float)Math.Log(probability))];
}
