namespace Curation.Models.Voice;

/// <summary>Probabilities to stretches of speech, as Silero's <c>get_speech_timestamps</c> without its limit on the length of speech.</summary>
public static class SpeechSegments
{
    /// <summary>Finds the speech.</summary>
    /// <param name="probabilities">One for each window of 512 samples.</param>
    /// <param name="sampleCount">Samples in the clip at 16 kHz; the last window may reach beyond.</param>
    /// <param name="options">Thresholds and lengths.</param>
    /// <returns>Stretches in order, apart from each other.</returns>
    public static IReadOnlyList<SpeechSegment> Find(ReadOnlySpan<float> probabilities, int sampleCount, VadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var found = Raw(probabilities, sampleCount, options);
        Pad(found, sampleCount, Samples(options.Pad));
        return [.. found.Select(speech => new SpeechSegment((double)speech.Start / SileroVad.SampleRate, (double)speech.End / SileroVad.SampleRate))];
    }

    /// <summary>Share of a clip that is speech.</summary>
    /// <param name="segments">The stretches.</param>
    /// <param name="sampleCount">Samples in the clip at 16 kHz.</param>
    /// <returns>0..1; null for a clip without samples.</returns>
    public static double? Ratio(IEnumerable<SpeechSegment> segments, int sampleCount) =>
        sampleCount <= 0 ? null : Math.Min(1, segments.Sum(speech => speech.EndSeconds - speech.StartSeconds) * SileroVad.SampleRate / sampleCount);

    private static List<(int Start, int End)> Raw(ReadOnlySpan<float> probabilities, int sampleCount, VadOptions options)
    {
        var (minSpeech, minSilence) = (Samples(options.MinSpeech), Samples(options.MinSilence));
        var found = new List<(int Start, int End)>();
        int? start = null;
        int? silentSince = null;
        for (var window = 0; window < probabilities.Length; window++)
        {
            var at = window * SileroVad.WindowSamples;
            var probability = probabilities[window];
            if (probability >= options.Threshold)
            {
                silentSince = null;
                start ??= at;
            }
            else if (probability < options.ExitThreshold && start is { } began)
            {
                silentSince ??= at;
                if (at - silentSince < minSilence) continue;

                if (silentSince - began > minSpeech) found.Add((began, silentSince.Value));
                (start, silentSince) = (null, null);
            }
        }

        if (start is { } open && sampleCount - open > minSpeech) found.Add((open, sampleCount));
        return found;
    }

    private static void Pad(List<(int Start, int End)> found, int sampleCount, int pad)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (i == 0) found[0] = found[0] with { Start = Math.Max(0, found[0].Start - pad) };
            if (i == found.Count - 1)
            {
                found[i] = found[i] with { End = Math.Min(sampleCount, found[i].End + pad) };
                continue;
            }

            var silence = found[i + 1].Start - found[i].End;
            var (before, after) = silence < 2 * pad ? (silence / 2, silence / 2) : (pad, pad);
            found[i] = found[i] with { End = found[i].End + before };
            found[i + 1] = found[i + 1] with { Start = found[i + 1].Start - after };
        }
    }

    private static int Samples(TimeSpan length) => (int)(length.TotalSeconds * SileroVad.SampleRate);
}
