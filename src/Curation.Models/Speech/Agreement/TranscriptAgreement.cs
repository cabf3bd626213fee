using Curation.Models.Voice;

namespace Curation.Models.Speech.Agreement;

/// <summary>Brings the transcripts of several speech recognisers together by a vote over aligned words, after ROVER (Fiscus 1997).</summary>
/// <param name="limits">Limits of the hallucination checks; null for the defaults.</param>
public sealed class TranscriptAgreement(HallucinationLimits? limits = null)
{
    private readonly HallucinationChecks _checks = new(limits);

    /// <summary>Agrees on one transcript.</summary>
    /// <param name="transcripts">One a model, the most trusted one first; at least one.</param>
    /// <param name="speech">Stretches of speech from voice activity detection; null where it was not run.</param>
    /// <param name="seconds">Duration of the sound.</param>
    /// <returns>The words most models heard, with how far they agree.</returns>
    /// <remarks>
    /// At each place the word with the most votes wins, in a tie the one of the most trusted model, and a word against
    /// nothing: the models' probabilities are not comparable, so they decide nothing. A transcript that repeats itself
    /// loses its vote as long as another one does not, but still lowers the confidence.
    /// </remarks>
    public AgreedTranscript Agree(IReadOnlyList<Transcript> transcripts, IReadOnlyList<SpeechSegment>? speech, double seconds)
    {
        ArgumentNullException.ThrowIfNull(transcripts);
        if (transcripts.Count == 0) throw new ArgumentException("No transcript was given.", nameof(transcripts));

        var names = Names(transcripts);
        var units = transcripts.Select(TranscriptUnits.Of).ToList();
        var signs = transcripts.Select((transcript, model) => _checks.Check(transcript with { Model = names[model] }, speech, seconds)).ToList();
        var loops = signs.Select(found => found.Any(sign => sign.Check is HallucinationCheck.RepeatedWords or HallucinationCheck.CompressionRatio)).ToList();
        var voters = Enumerable.Range(0, transcripts.Count).Where(model => !loops[model] || loops.TrueForAll(loop => loop)).ToList();

        var network = WordNetwork.Build(units, Order(units));
        var words = Words(network, voters, names, alone: transcripts.Count == 1);
        var (confidence, basis, reason) = Confidence(transcripts, units);
        return new AgreedTranscript(
            string.Concat(words.Select(word => word.Text)).Trim(),
            Language(transcripts),
            words,
            confidence,
            basis,
            reason,
            Disagreements(network, names),
            [.. signs.SelectMany(found => found)],
            [.. transcripts.Select((transcript, model) => new TranscriptSource(names[model], transcript.Text, voters.Contains(model)))]);
    }

    /// <remarks>Two runs of one model must stay apart.</remarks>
    private static string[] Names(IReadOnlyList<Transcript> transcripts) =>
        [.. transcripts.Select((transcript, model) => transcripts.Take(model).Count(other => other.Model == transcript.Model) is > 0 and var earlier ? $"{transcript.Model}#{earlier + 1}" : transcript.Model)];

    /// <remarks>The network begins with the transcript that agrees best with the others, since the first one sets the places.</remarks>
    private static List<int> Order(List<List<SpokenUnit>> units)
    {
        var keys = units.ConvertAll(transcript => transcript.ConvertAll(unit => unit.Key));
        var all = Enumerable.Range(0, units.Count).ToList();
        var first = all.OrderByDescending(model => all.Where(other => other != model).Sum(other => WordAlignment.Agreement(keys[model], keys[other]))).First();
        return [first, .. all.Where(model => model != first)];
    }

    private static List<AgreedWord> Words(WordNetwork network, List<int> voters, string[] names, bool alone)
    {
        var words = new List<AgreedWord>();
        var latest = 0.0;
        foreach (var place in network.Places)
        {
            var heard = voters.Where(model => place[model] is not null).GroupBy(model => place[model]!.Key).ToList();
            if (heard.Count == 0) continue;

            var best = heard.OrderByDescending(group => group.Count()).ThenBy(group => group.First()).First();
            var votes = best.Count();
            if (voters.Count - heard.Sum(group => group.Count()) > votes) continue;

            var text = place[best.First()]!;
            var timed = best.Select(model => place[model]!).FirstOrDefault(unit => unit.Timing == WordTiming.Aligned) ?? text;
            var models = Enumerable.Range(0, names.Length).Where(model => place[model]?.Key == best.Key).ToList();
            var confidence = alone ? text.Probability : (double)models.Count / names.Length;
            var start = Math.Max(latest, timed.Start);
            words.Add(new AgreedWord(text.Text, start, Math.Max(start, timed.End), confidence, [.. models.Select(model => names[model])]));
            latest = start;
        }

        return words;
    }

    private static (double? Confidence, ConfidenceBasis Basis, string Reason) Confidence(IReadOnlyList<Transcript> transcripts, List<List<SpokenUnit>> units)
    {
        if (transcripts.Count > 1)
        {
            var keys = units.ConvertAll(transcript => transcript.ConvertAll(unit => unit.Key));
            var pairs = Enumerable.Range(0, keys.Count).SelectMany(right => Enumerable.Range(0, right).Select(left => WordAlignment.Agreement(keys[left], keys[right])));
            return (pairs.Average(), ConfidenceBasis.Agreement, $"mean agreement between {transcripts.Count} models, word by word");
        }

        var model = transcripts[0].Model;
        var segments = transcripts[0].Segments.Where(segment => segment.AverageLogProbability is not null).ToList();
        if (segments.Count > 0)
        {
            var weights = segments.ConvertAll(segment => Math.Max(1, segment.Text.Length));
            var mean = segments.Zip(weights, (segment, weight) => segment.AverageLogProbability!.Value * weight).Sum() / weights.Sum();
            return (Math.Min(1, Math.Exp(mean)), ConfidenceBasis.OwnProbability, $"only {model} was there: its own token probabilities");
        }

        var probabilities = units[0].Select(unit => unit.Probability).OfType<double>().ToList();
        return probabilities.Count > 0
            ? (Math.Exp(probabilities.Average(probability => Math.Log(Math.Max(probability, 1e-6)))), ConfidenceBasis.OwnProbability, $"only {model} was there: its own word probabilities")
            : (null, ConfidenceBasis.None, $"only {model} was there, and it gives no probabilities");
    }

    private static string? Language(IReadOnlyList<Transcript> transcripts) =>
        transcripts.Where(transcript => transcript.Language is not null).GroupBy(transcript => transcript.Language).MaxBy(group => group.Count())?.Key;

    private static List<TranscriptDisagreement> Disagreements(WordNetwork network, string[] names)
    {
        var disagreements = new List<TranscriptDisagreement>();
        var run = new List<SpokenUnit?[]>();
        foreach (var place in network.Places)
        {
            if (Array.Exists(place, unit => unit?.Key != place[0]?.Key)) run.Add(place);
            else Close();
        }

        Close();
        return disagreements;

        void Close()
        {
            if (run.Count == 0) return;
            var heard = run.SelectMany(place => place).OfType<SpokenUnit>().ToList();
            var texts = names.Select((name, model) => (name, text: string.Concat(run.Select(place => place[model]?.Text)).Trim())).ToDictionary(item => item.name, item => item.text);
            disagreements.Add(new TranscriptDisagreement(heard.Min(unit => unit.Start), heard.Max(unit => unit.End), texts));
            run.Clear();
        }
    }
}
