namespace Curation.Models.Features;

/// <summary>Input of the Audio Spectrogram Transformer: 10.24 s as filter-bank features, normalised as AudioSet's. Safe for several threads.</summary>
public sealed class AstFbank
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Frames: one every 10 ms.</summary>
    public const int Frames = 1024;

    /// <summary>Mel bands.</summary>
    public const int Bins = 128;

    /// <summary>Fewest samples: one frame of 25 ms.</summary>
    public const int FewestSamples = 400;

    private const float Mean = -4.2677393f;
    private const float TwiceDeviation = 2 * 4.5689974f;

    private readonly KaldiFbank _fbank = new(KaldiFbankOptions.Ast);

    /// <summary>Computes the input of one clip.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1]; what lies behind 10.24 s is not heard.</param>
    /// <returns>1024 rows, one per frame, of 128 bands. Frames behind the end of the sound are 0 before the normalisation, as upstream.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or there are fewer than <see cref="FewestSamples"/>.</exception>
    public FeatureMatrix Compute(ReadOnlySpan<float> samples)
    {
        if (samples.Length < FewestSamples) throw new ArgumentException($"{FewestSamples} samples are needed, here are {samples.Length}.", nameof(samples));

        const int Heard = FewestSamples + ((Frames - 1) * SampleRate / 100);
        var fbank = _fbank.Compute(samples[..Math.Min(samples.Length, Heard)]);
        var input = new float[Frames * Bins];
        fbank.Values.CopyTo(input, 0);
        for (var i = 0; i < input.Length; i++) input[i] = (input[i] - Mean) / TwiceDeviation;
        return new FeatureMatrix(Frames, Bins, input);
    }
}
