namespace Klear.Model.Model;

/// <summary>The shape of a model: everything that decides its parameters, and how positions are counted.</summary>
public sealed record KlearConfig
{
    /// <summary>Transformer blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the hidden states.</summary>
    public required int Hidden { get; init; }

    /// <summary>Attention heads; they divide <see cref="Hidden"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layers, as a multiple of <see cref="Hidden"/>.</summary>
    public int FeedForward { get; init; } = 4;

    /// <summary>Whether the four streams share projections and feed-forward layers; modulation offsets stay their own.</summary>
    public bool SharedWeights { get; init; }

    /// <summary>Channels of a video latent frame.</summary>
    public int VideoChannels { get; init; } = 96;

    /// <summary>Latent cells along each side of a video token.</summary>
    public int Patch { get; init; } = 1;

    /// <summary>Channels of an audio latent frame, each of which is a token.</summary>
    public int AudioChannels { get; init; } = 512;

    /// <summary>Width of the text encoder's vectors; 0 where the model learns the embeddings of hashed pieces.</summary>
    public int TextWidth { get; init; }

    /// <summary>Rows of the table of hashed pieces; 0 where an encoder gives vectors.</summary>
    public int TextBuckets { get; init; } = 4096;

    /// <summary>Width of the path of speech and lyrics, byte by byte, beside the caption in the sound's text; 0 where they come with the caption, through its encoder.</summary>
    public int SpeechWidth { get; init; }

    /// <summary>How sound is placed on the time axis.</summary>
    public RopeArrangement Rope { get; init; }

    /// <summary>Base of the rotation's wavelengths.</summary>
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Video latent frames in a second, for <see cref="RopeArrangement.Seconds"/> and <see cref="RopeArrangement.Scaled"/>.</summary>
    public double VideoFramesPerSecond { get; init; } = 2;

    /// <summary>Audio latent frames in a second, for <see cref="RopeArrangement.Seconds"/> and <see cref="RopeArrangement.Scaled"/>.</summary>
    public double AudioFramesPerSecond { get; init; } = 44_100.0 / 1024;

    /// <summary>Position ids in a second, for <see cref="RopeArrangement.Seconds"/>.</summary>
    public double IdsPerSecond { get; init; } = 25;

    /// <summary>
    /// Whether the last layer says the data rather than the velocity, which then follows from both: (data - x) / (1 - t). A velocity holds all of the
    /// noise, which a token with more channels than <see cref="Hidden"/> cannot pass on; data is simpler (Li and He 2025, arXiv 2511.13720).
    /// </summary>
    public bool PredictsData { get; init; }

    /// <summary>Width of a head.</summary>
    public int HeadWidth => Hidden / Heads;

    /// <summary>Channels of a head that turn with time, height and width: 44, 42, 42 of 128 as in Wan, in proportion otherwise.</summary>
    public (int Time, int Height, int Width) RopeWidths
    {
        get
        {
            var side = HeadWidth / 6 * 2;
            return (HeadWidth - (2 * side), side, side);
        }
    }

    /// <summary>Refuses shapes that no model can have.</summary>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">With everything that is wrong.</exception>
    public KlearConfig Checked()
    {
        List<string> wrong = [];
        if (Layers < 1) wrong.Add($"layers is {Layers}, at least 1 is needed");
        if (Heads < 1 || Hidden < 1 || Hidden % Math.Max(1, Heads) != 0) wrong.Add($"{Heads} heads do not divide a hidden width of {Hidden}");
        else if (HeadWidth % 2 != 0 || HeadWidth < 8) wrong.Add($"a head is {HeadWidth} wide; rotation needs an even width of 8 or more");
        if (FeedForward < 1) wrong.Add($"feed_forward is {FeedForward}, at least 1 is needed");
        if (VideoChannels < 1) wrong.Add($"video_channels is {VideoChannels}, at least 1 is needed");
        if (AudioChannels < 1) wrong.Add($"audio_channels is {AudioChannels}, at least 1 is needed");
        if (Patch < 1) wrong.Add($"patch is {Patch}, at least 1 is needed");
        if (TextWidth == 0 == (TextBuckets == 0)) wrong.Add($"text_width is {TextWidth} and text_buckets {TextBuckets}; exactly one of them is 0");
        if (TextWidth < 0 || TextBuckets < 0) wrong.Add("text_width and text_buckets are not negative");
        if (SpeechWidth < 0 || SpeechWidth % 2 != 0) wrong.Add($"speech_width is {SpeechWidth}; an even number, or 0 for no such path, is needed");
        if (!(VideoFramesPerSecond > 0) || !(AudioFramesPerSecond > 0) || !(IdsPerSecond > 0)) wrong.Add("rates in a second are above 0");
        if (!(RopeTheta > 1)) wrong.Add($"rope_theta is {RopeTheta}, above 1 is needed");

        return wrong.Count == 0 ? this : throw new ArgumentException(string.Join("; ", wrong));
    }
}
