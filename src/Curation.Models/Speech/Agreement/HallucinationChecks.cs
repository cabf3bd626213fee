using System.IO.Compression;
using System.Text;
using Curation.Models.Voice;

namespace Curation.Models.Speech.Agreement;

/// <summary>Looks for signs that a transcript holds words that nobody said.</summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class HallucinationChecks(HallucinationLimits? limits = null)
{
    /// <summary>Whisper compresses windows of 30 s; longer text always compresses better.</summary>
    private const double CompressionWindowSeconds = 30;

    /// <summary>Less speech than this has no rate; uncalibrated.</summary>
    private const double ShortestSeconds = 0.5;

    private readonly HallucinationLimits _limits = limits ?? new HallucinationLimits();

    /// <summary>Checks one transcript.</summary>
    /// <param name="transcript">A model's answer.</param>
    /// <param name="speech">Stretches of speech from voice activity detection; null where it was not run.</param>
    /// <param name="seconds">Duration of the sound.</param>
    /// <returns>Signs; empty is good.</returns>
    public IReadOnlyList<HallucinationSign> Check(Transcript transcript, IReadOnlyList<SpeechSegment>? speech, double seconds)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var units = TranscriptUnits.Of(transcript);
        if (units.Count == 0) return [];

        return [.. Repetitions(transcript.Model, units), .. Compression(transcript), .. Rate(transcript.Model, units, speech, seconds), .. InSilence(transcript.Model, units, speech), .. NoSpeech(transcript)];
    }

    private IEnumerable<HallucinationSign> Repetitions(string model, List<SpokenUnit> units)
    {
        for (var first = 0; first < units.Count;)
        {
            var (phrase, times) = LongestRow(units, first);
            if (times == 0)
            {
                first++;
                continue;
            }

            var last = first + (phrase * times) - 1;
            var text = string.Concat(units.Skip(first).Take(phrase).Select(unit => unit.Text)).Trim();
            yield return new HallucinationSign(model, HallucinationCheck.RepeatedWords, $"\"{text}\" stands {times} times in a row; limit {_limits.Repetitions} times over {_limits.RepeatedWords} words", units[first].Start, units[last].End);
            first = last + 1;
        }
    }

    private (int Phrase, int Times) LongestRow(List<SpokenUnit> units, int first)
    {
        for (var phrase = 1; phrase <= _limits.LongestPhrase; phrase++)
        {
            var same = 0;
            while (first + phrase + same < units.Count && units[first + same].Key == units[first + phrase + same].Key) same++;
            var times = 1 + (same / phrase);
            if (times >= _limits.Repetitions && times * phrase >= _limits.RepeatedWords) return (phrase, times);
        }

        return (0, 0);
    }

    private IEnumerable<HallucinationSign> Compression(Transcript transcript)
    {
        foreach (var window in Windows(transcript))
        {
            var ratio = window.Select(segment => segment.CompressionRatio).OfType<double>().DefaultIfEmpty(0).Max();
            ratio = Math.Max(ratio, Ratio(string.Concat(window.Select(segment => segment.Text))));
            if (ratio > _limits.CompressionRatio) yield return new HallucinationSign(transcript.Model, HallucinationCheck.CompressionRatio, $"the text compresses {ratio:F2} times; limit {_limits.CompressionRatio}", window[0].Start, window[^1].End);
        }
    }

    private static IEnumerable<List<TranscriptSegment>> Windows(Transcript transcript)
    {
        var window = new List<TranscriptSegment>();
        foreach (var segment in transcript.Segments)
        {
            if (window.Count > 0 && segment.End - window[0].Start > CompressionWindowSeconds)
            {
                yield return window;
                window = [];
            }

            window.Add(segment);
        }

        if (window.Count > 0) yield return window;
    }

    private static double Ratio(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        if (bytes.Length == 0) return 0;

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return (double)bytes.Length / compressed.Length;
    }

    private IEnumerable<HallucinationSign> Rate(string model, List<SpokenUnit> units, IReadOnlyList<SpeechSegment>? speech, double seconds)
    {
        var characters = units.Sum(unit => unit.Key.EnumerateRunes().Sum(rune => CharacterKinds.IsIdeographic(rune) ? 2 : 1));

        // Where voice activity finds next to nothing, the check of words in silence speaks: a quotient would say nothing.
        var span = speech is null ? seconds : speech.Sum(stretch => stretch.EndSeconds - stretch.StartSeconds);
        if (span < ShortestSeconds) yield break;

        var rate = characters / span;
        if (rate > _limits.CharactersPerSecond) yield return new HallucinationSign(model, HallucinationCheck.CharactersPerSecond, $"{characters} characters in {span:F1} s{(speech is null ? "" : " of speech")} are {rate:F1} a second; limit {_limits.CharactersPerSecond}");
    }

    private IEnumerable<HallucinationSign> InSilence(string model, List<SpokenUnit> units, IReadOnlyList<SpeechSegment>? speech)
    {
        if (speech is null) yield break;

        // Times spread over a segment are good to about a second.
        var silent = units.Where(unit => !speech.Any(stretch => Gap(stretch, unit) < (unit.Timing == WordTiming.Aligned ? _limits.SilenceMarginSeconds : Math.Max(1, _limits.SilenceMarginSeconds)))).ToList();
        if (silent.Count == 0) yield break;
        if (speech.Count > 0 && (silent.Count <= _limits.SilentWords || silent.Count <= _limits.SilentShare * units.Count)) yield break;

        yield return new HallucinationSign(model, HallucinationCheck.WordsInSilence, $"{silent.Count} of {units.Count} words lie where there is no speech; limit {_limits.SilentShare:P0}", silent[0].Start, silent[^1].End);
    }

    /// <summary>Seconds between a word and a stretch of speech; negative where they overlap.</summary>
    private static double Gap(SpeechSegment stretch, SpokenUnit unit) => Math.Max(stretch.StartSeconds, unit.Start) - Math.Min(stretch.EndSeconds, unit.End);

    private IEnumerable<HallucinationSign> NoSpeech(Transcript transcript)
    {
        foreach (var segment in transcript.Segments)
        {
            if (segment.NoSpeechProbability > _limits.NoSpeechProbability && segment.AverageLogProbability < _limits.AverageLogProbability)
            {
                yield return new HallucinationSign(transcript.Model, HallucinationCheck.NoSpeech, $"the model gives {segment.NoSpeechProbability:F2} that nobody speaks, and its words a mean log-probability of {segment.AverageLogProbability:F2}; limits {_limits.NoSpeechProbability} and {_limits.AverageLogProbability}", segment.Start, segment.End);
            }
        }
    }
}
