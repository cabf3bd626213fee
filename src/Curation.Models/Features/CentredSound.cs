namespace Curation.Models.Features;

/// <summary>Sound mirrored at both ends without repeating the outermost sample, so that frames can be centred on their times: PyTorch's <c>stft(center=True)</c>.</summary>
internal static class CentredSound
{
    /// <summary>Mirrors.</summary>
    /// <param name="samples">More than <paramref name="margin"/> samples.</param>
    /// <param name="margin">Samples added at each end: half the transform's length.</param>
    public static float[] Mirror(ReadOnlySpan<float> samples, int margin)
    {
        if (samples.Length <= margin) throw new ArgumentException($"{samples.Length} samples cannot be mirrored over {margin}: more are needed.", nameof(samples));

        var mirrored = new float[samples.Length + (2 * margin)];
        samples.CopyTo(mirrored.AsSpan(margin));
        for (var i = 1; i <= margin; i++)
        {
            mirrored[margin - i] = samples[i];
            mirrored[margin + samples.Length - 1 + i] = samples[^(i + 1)];
        }

        return mirrored;
    }
}
