namespace Curation.Media.Reading;

/// <summary>Brings decoded samples to the asked channels.</summary>
internal static class SoundMix
{
    public static ClipSound Of(ReadOnlySpan<float> decoded, int channels, SoundRequest request, int before, int after)
    {
        var length = decoded.Length / channels;
        var samples = new float[length * request.Channels];
        for (var i = 0; i < length; i++)
        {
            var left = Finite(decoded[i * channels]);
            var right = Finite(decoded[((i + 1) * channels) - 1]);
            if (request.Channels == 1) samples[i] = channels == 1 ? left : (left + right) / 2;
            else (samples[2 * i], samples[(2 * i) + 1]) = (left, right);
        }

        return new ClipSound { Samples = samples, Rate = request.Rate, Channels = request.Channels, PaddedBefore = before, PaddedAfter = after };
    }

    /// <summary>A float track may hold anything; what is no number is silence.</summary>
    private static float Finite(float sample) => float.IsFinite(sample) ? sample : 0;
}
