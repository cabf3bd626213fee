namespace Curation.Models.Features;

/// <summary>Synchformer's sound input: a log-mel spectrogram per segment, normalised as AudioSet's. Safe for several threads.</summary>
public sealed class SynchformerAudio
{
    /// <summary>Mel bands of a segment.</summary>
    public const int Bins = 128;

    /// <summary>Frames of a segment: 65 computed, one of padding.</summary>
    public const int Frames = 66;

    private const int TransformLength = 1024;
    private const int WindowLength = 400;
    private const int Hop = 160;
    private const double Offset = 1e-6;
    private const float Mean = -4.2677393f;
    private const float TwiceDeviation = 2 * 4.5689974f;

    // The 400-sample window stands in the middle of the 1024 samples of the transform; where it stands does not change the power.
    private const int WindowStart = (TransformLength - WindowLength) / 2;

    private readonly MelFrames _frames = new(
        AnalysisWindow.PeriodicHann(WindowLength),
        Hop,
        TransformLength,
        MelFilters.Htk(Bins, TransformLength, SynchformerSegments.SampleRate, 0, 8000),
        new Compression(Compression.Kind.Ln, Offset: Offset));

    /// <summary>Computes the input <c>aud</c> of one clip.</summary>
    /// <param name="samples">Mono sound at 16 kHz in [-1, 1].</param>
    /// <param name="segments">Which stretches.</param>
    /// <returns>[segments, 1, 128, 66]: bands before frames.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite, or the segments reach past the sound.</exception>
    public float[] Compute(ReadOnlySpan<float> samples, SynchformerSegments segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        FiniteSound.Require(samples, nameof(samples));
        var end = segments.FirstSample + ((segments.Count - 1) * SynchformerSegments.SampleStride) + SynchformerSegments.Samples;
        if (end > samples.Length) throw new ArgumentException($"The segments end at sample {end}, the sound has {samples.Length}.", nameof(segments));

        // Padding is 0 before the normalisation, as upstream; 0 is far above silence.
        var features = new float[segments.Count * Bins * Frames];
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = samples.Slice(segments.FirstSample + (i * SynchformerSegments.SampleStride), SynchformerSegments.Samples);
            var mirrored = CentredSound.Mirror(segment, TransformLength / 2);
            _frames.Run(mirrored.AsSpan(WindowStart), 1 + (segment.Length / Hop), features.AsSpan(i * Bins * Frames), 1, Frames);
        }

        for (var i = 0; i < features.Length; i++) features[i] = (features[i] - Mean) / TwiceDeviation;
        return features;
    }
}
