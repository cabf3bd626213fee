namespace Klear.Model.Model;

/// <summary>
/// Counts the floating-point operations of the matrix products of a pass: a multiplication and an addition are two. What is done number by
/// number (norms, rotation, modulation, activations) and looking up embeddings is not counted, as is usual for such figures.
/// </summary>
public static class FlopCount
{
    private const int MultiplyAdd = 2;

    // The gradients of a product are two products of its size: one for its input, one for its weights.
    private const int ForwardAndBackward = 3;

    /// <summary>Operations of a forward pass. A given first frame's own modulation, a few millionths of the whole, is left out.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="tokens">Tokens of pictures, their text, the sound's text and sound, of one sample; 0 for a stream that is not there.</param>
    /// <param name="batch">Samples, 0 or above.</param>
    /// <param name="speech">How many of the sound's text tokens came on the path of speech.</param>
    /// <exception cref="ArgumentException">Not four counts of 0 or above, a negative batch, or more speech than text of the sound.</exception>
    /// <exception cref="OverflowException">More than 2^63.</exception>
    public static long Forward(KlearConfig config, IReadOnlyList<long> tokens, long batch = 1, long speech = 0)
    {
        var blocks = Blocks(config, tokens, batch);
        if (speech < 0 || speech > tokens[2]) throw new ArgumentException($"{speech} tokens of speech are not among {tokens[2]} of the sound's text.", nameof(speech));

        long text = config.TextWidth > 0 ? config.TextWidth : config.Hidden, cell = (long)config.VideoChannels * config.Patch * config.Patch;
        checked
        {
            var ends = (2 * tokens[0] * cell) + ((tokens[1] + tokens[2] - speech) * text) + (speech * config.SpeechWidth) + (2 * tokens[3] * config.AudioChannels);
            var time = KlearLayout.TimeFeatures + config.Hidden + ((long)KlearLayout.Modulations * config.Hidden);
            return blocks + (MultiplyAdd * batch * config.Hidden * (ends + time));
        }
    }

    /// <summary>Operations of a training step: forward and backward, with those that are done again to save memory.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="tokens">As for <see cref="Forward"/>.</param>
    /// <param name="batch">Samples, 0 or above.</param>
    /// <param name="recomputes">Whether the blocks are computed again in the backward pass: four times a forward pass instead of three for them.</param>
    /// <param name="speech">As for <see cref="Forward"/>.</param>
    /// <exception cref="ArgumentException">Not four counts of 0 or above, a negative batch, or more speech than text of the sound.</exception>
    /// <exception cref="OverflowException">More than 2^63.</exception>
    public static long Training(KlearConfig config, IReadOnlyList<long> tokens, long batch = 1, bool recomputes = false, long speech = 0) =>
        checked((ForwardAndBackward * Forward(config, tokens, batch, speech)) + (recomputes ? Blocks(config, tokens, batch) : 0));

    private static long Blocks(KlearConfig config, IReadOnlyList<long> tokens, long batch)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count != KlearLayout.Streams.Length || tokens.Any(count => count < 0)) throw new ArgumentException($"Tokens are [{string.Join(", ", tokens)}]; one count of 0 or above is needed for each of {string.Join(", ", KlearLayout.Streams)}.", nameof(tokens));
        ArgumentOutOfRangeException.ThrowIfNegative(batch);

        checked
        {
            long length = tokens.Sum(), hidden = config.Hidden;

            // Queries, keys and values; the way out of attention; the feed-forward's two layers.
            var linear = length * hidden * hidden * (3 + 1 + (2 * config.FeedForward));

            // Scores of all pairs, and the sum of values by them.
            var attention = 2 * length * length * hidden;
            return MultiplyAdd * batch * config.Layers * (linear + attention);
        }
    }
}
