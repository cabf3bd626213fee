using System.Numerics.Tensors;

namespace Curation.Models.Generation;

/// <summary>Writes text with a decoder: greedily, or by beam search as the transformers library does it.</summary>
public static class TextGenerator
{
    /// <summary>Writes one text.</summary>
    /// <param name="model">The decoder, not yet fed; stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <returns>The best text found.</returns>
    public static GeneratedTokens Generate(IStepModel model, GenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();

        var vocabulary = model.VocabularySize;
        var finished = new FinishedBeams(options);
        List<Beam> open = [new Beam([options.StartToken], 0)];
        int[] parents = [0];
        var scores = new float[options.Beams * vocabulary];
        for (var step = 0; step < options.MaxTokens && open.Count > 0; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var used = scores.AsSpan(0, open.Count * vocabulary);
            model.Advance(open.Select(beam => beam.Tokens[^1]).ToArray(), parents, used);
            for (var row = 0; row < open.Count; row++) Score(used.Slice(row * vocabulary, vocabulary), open[row].Tokens, step, options);

            (open, parents) = Advance(open, used, vocabulary, finished, options);
            if (finished.IsDone(open.Count == 0 ? null : open.Max(beam => beam.LogProbability), step + 1)) return finished.Best;
        }

        foreach (var beam in open) finished.Add(beam);
        return finished.Best;
    }

    /// <summary>Logits become log-probabilities; what must not come becomes minus infinity.</summary>
    private static void Score(Span<float> scores, IReadOnlyList<int> tokens, int step, GenerationOptions options)
    {
        if (step == 0 && options.ForcedFirstToken is { } first) Force(scores, first);
        else if (step == options.MaxTokens - 1) Force(scores, options.EndToken);
        else
        {
            LogSoftmax(scores);
            RepeatedNgrams.Forbid(tokens, options.NoRepeatNgram, scores);
        }
    }

    // A forced token is no choice, so it costs nothing.
    private static void Force(Span<float> scores, int token)
    {
        scores.Fill(float.NegativeInfinity);
        scores[token] = 0;
    }

    private static void LogSoftmax(Span<float> scores)
    {
        // Not a number would win or lose every comparison by chance.
        var highest = TensorPrimitives.Max(scores);
        if (!float.IsFinite(highest)) throw new InvalidDataException($"The decoder's scores hold {highest}.");

        double sum = 0;
        foreach (var score in scores) sum += Math.Exp(score - highest);
        TensorPrimitives.Subtract(scores, highest + (float)Math.Log(sum), scores);
    }

    /// <summary>The best continuations of all beams: those that end are finished, the others stay open.</summary>
    private static (List<Beam> Open, int[] Parents) Advance(List<Beam> open, ReadOnlySpan<float> scores, int vocabulary, FinishedBeams finished, GenerationOptions options)
    {
        // Twice as many as beams, so that as many stay open even where each beam could end.
        var best = Candidates(open, scores, vocabulary, 2 * options.Beams);
        var next = new List<Beam>();
        var parents = new List<int>();
        for (var rank = 0; rank < best.Count && next.Count < options.Beams; rank++)
        {
            var (parent, token, logProbability) = best[rank];
            var beam = new Beam([.. open[parent].Tokens, token], logProbability);
            if (token != options.EndToken)
            {
                next.Add(beam);
                parents.Add(parent);
            }
            else if (rank < options.Beams)
            {
                finished.Add(beam);
                if (options.Beams == 1) break;
            }
        }

        return options.Beams == 1 && finished.Count > 0 ? ([], []) : (next, [.. parents]);
    }

    private static List<(int Parent, int Token, double LogProbability)> Candidates(List<Beam> open, ReadOnlySpan<float> scores, int vocabulary, int count)
    {
        // Smallest first, so that the worst kept one is at hand; equal scores keep the lower token, as arg max does.
        var best = new PriorityQueue<(int Parent, int Token), (double, int)>(count + 1);
        for (var row = 0; row < open.Count; row++)
        {
            for (var token = 0; token < vocabulary; token++)
            {
                var score = scores[(row * vocabulary) + token];
                if (float.IsNegativeInfinity(score)) continue;

                var total = open[row].LogProbability + score;
                if (best.Count == count && best.TryPeek(out _, out var worst) && total <= worst.Item1) continue;

                best.Enqueue((row, token), (total, -((row * vocabulary) + token)));
                if (best.Count > count) best.Dequeue();
            }
        }

        var sorted = new List<(int, int, double)>();
        while (best.TryDequeue(out var candidate, out var priority)) sorted.Add((candidate.Parent, candidate.Token, priority.Item1));
        sorted.Reverse();
        return sorted;
    }
}
