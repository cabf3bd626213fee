using Curation.Clips;

namespace Curation.Models.Fusion;

/// <summary>Says who says what, in words of the transcript only.</summary>
internal static class SpeechSentences
{
    // Beyond so many turns the words are given without saying who speaks when.
    private const int NamedTurns = 6;

    /// <summary>The sentences on voices; none where there is no voice.</summary>
    public static IEnumerable<FusedClaim> Tell(FusionInput input, FusionFacts facts)
    {
        var language = LanguageNames.Find(input.Language) is { } name && facts.Transcript.Length > 0 ? $" in {name}" : "";
        if (facts.Transcript.Length > 0) return Turns(input) is { Count: > 1 and <= NamedTurns } turns ? Quoted(turns, input, language) : [Whole(input, facts, language)];

        return facts.HasVoice && input.Split is not null ? [Unquoted(input, facts)] : [];
    }

    private static FusedClaim Whole(FusionInput input, FusionFacts facts, string language)
    {
        var who = Who(input, facts);
        var verb = input.Split == Split.Singing ? "sing" : facts.SpeakerCount > 1 || input.Split == Split.MultiSpeech ? "speak" : "say";
        var single = !who.IsMany;
        return new($"{who.Text} {(single ? verb + "s" : verb)}{language}: {Quote(facts.Transcript)}", Sources(input, withTranscript: true));
    }

    private static IEnumerable<FusedClaim> Quoted(List<(string? Speaker, string Text)> turns, FusionInput input, string language)
    {
        var known = new List<string?>();
        for (var i = 0; i < turns.Count; i++)
        {
            var (speaker, text) = turns[i];
            var noun = Noun(GenderOf(input, speaker));
            var again = known.Contains(speaker);
            known.Add(speaker);
            var others = known.Where(id => id != speaker && Noun(GenderOf(input, id)) == noun).Distinct().Count();
            var subject = again ? others > 0 ? $"{Ordinal(known, speaker)} speaker" : $"The {noun}" : others > 0 ? $"Another {noun}" : $"{Article(noun)} {noun}";
            yield return new($"{subject} says{(i == 0 ? language : "")}: {Quote(text)}", [ClaimSource.Transcript, ClaimSource.Speakers]);
        }
    }

    private static FusedClaim Unquoted(FusionInput input, FusionFacts facts)
    {
        var who = Who(input, facts);
        var verb = input.Split == Split.Singing ? "sing" : "speak";
        return new($"{who.Text} {(who.IsMany ? verb : verb + "s")}.", Sources(input, withTranscript: false));
    }

    private static (string Text, bool IsMany) Who(FusionInput input, FusionFacts facts)
    {
        if (input.Split == Split.MultiSpeech || facts.SpeakerCount > 1)
        {
            var number = facts.SpeakerCount switch { 2 => "Two", 3 => "Three", 4 => "Four", 5 => "Five", _ => "Several" };
            var noun = facts.Gender switch { "female" => "women", "male" => "men", _ => "people" };
            return ($"{number} {noun}", true);
        }

        // A voice is heard; whose body it has is not known.
        var gender = facts.Gender is { } known ? $"{known} " : "";
        return ($"A {gender}voice", false);
    }

    private static List<ClaimSource> Sources(FusionInput input, bool withTranscript)
    {
        var sources = new List<ClaimSource>();
        if (withTranscript) sources.Add(ClaimSource.Transcript);
        if (input.Split is not null) sources.Add(ClaimSource.Split);
        if (input.Speakers.Count > 0) sources.Add(ClaimSource.Speakers);
        if (sources.Count == 0) sources.Add(ClaimSource.Measurement("speech_ratio"));
        return sources;
    }

    /// <summary>Words of one speaker after another; null where the words do not tell their speakers.</summary>
    private static List<(string? Speaker, string Text)>? Turns(FusionInput input)
    {
        if (input.Split == Split.Singing || input.Words.Count == 0 || input.Words.Any(word => word.Speaker is null)) return null;

        var turns = new List<(string? Speaker, string Text)>();
        foreach (var word in input.Words)
        {
            if (turns.Count > 0 && turns[^1].Speaker == word.Speaker) turns[^1] = (word.Speaker, $"{turns[^1].Text} {word.Text.Trim()}");
            else turns.Add((word.Speaker, word.Text.Trim()));
        }

        // Where the words are not those of the transcript, the transcript is what was agreed on.
        var said = string.Join(' ', Sentences.Words(string.Join(' ', turns.Select(turn => turn.Text))));
        return said == string.Join(' ', Sentences.Words(input.Transcript ?? "")) ? turns : null;
    }

    private static string? GenderOf(FusionInput input, string? id)
    {
        var turns = input.Speakers.Where(speaker => speaker.Id == id).ToList();
        return FusionFacts.SureGenderOf(turns);
    }

    private static string Noun(string? gender) => gender switch { "female" => "woman", "male" => "man", _ => "person" };

    private static string Article(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "An" : "A";

    private static string Ordinal(List<string?> known, string? speaker) => known.Distinct().ToList().IndexOf(speaker) switch
    {
        0 => "The first",
        1 => "The second",
        2 => "The third",
        3 => "The fourth",
        4 => "The fifth",
        _ => "The sixth",
    };

    private static string Quote(string text)
    {
        var clean = text.ReplaceLineEndings(" ").Replace('"', '\'').Replace('“', '\'').Replace('”', '\'').Trim();
        return clean.Length > 0 && clean[^1] is '.' or '!' or '?' or '。' or '！' or '？' ? $"\"{clean}\"" : $"\"{clean}.\"";
    }
}
