using System.Globalization;
using System.Text.RegularExpressions;

namespace Curation.Models.Fusion;

/// <summary>Finds what a sentence says against the facts. A sentence that a fact only might contradict passes.</summary>
public static partial class Contradictions
{
    // The words' borders of the embedded captioner; between them nothing is overruled.
    private const double SteadyFrom = 0.8;
    private const double ShakyBelow = 0.4;
    private const double ColourfulFrom = 0.25;
    private const double MovingFrom = 0.3;

    /// <summary>Checks a sentence.</summary>
    /// <param name="sentence">One sentence of a caption.</param>
    /// <param name="isHeard">Whether it tells what is heard, as <c>audio_caption</c> does.</param>
    /// <param name="facts">What is sure.</param>
    /// <returns>What contradicts it; null where nothing does.</returns>
    public static string? Find(string sentence, bool isHeard, FusionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        ArgumentNullException.ThrowIfNull(facts);

        if (Quotations.FirstInvented(sentence, facts.Transcript) is { } quotation) return $"quotes words that are not in the transcript: {quotation}";

        var claim = Quotations.Without(sentence);
        return Silence(claim, isHeard, facts) ?? Voice(claim, isHeard, facts) ?? Gender(claim, facts) ?? Singing(claim, facts)
            ?? Speakers(claim, facts) ?? Language(claim, facts) ?? People(claim, facts) ?? Picture(claim, facts);
    }

    private static string? Silence(string claim, bool isHeard, FusionFacts facts)
    {
        var isSilent = SilentClaim().IsMatch(claim);
        if (isSilent && facts.IsAudible) return $"says there is no sound, but there is{Value(facts, "loudness_lufs", "LUFS")}";
        if (!isSilent && isHeard && facts.IsSilent && !NoVoiceClaim().IsMatch(claim)) return $"tells a sound, but there is none{Value(facts, "silence_ratio", "silent")}";
        return null;
    }

    private static string? Voice(string claim, bool isHeard, FusionFacts facts)
    {
        if (NoVoiceClaim().IsMatch(claim)) return facts.HasVoice ? "says that nobody speaks, but somebody does" : null;
        if (isHeard && facts.HasNoVoice && Affirms(VoiceClaim(), claim)) return $"tells a voice, but nobody speaks{Value(facts, "speech_ratio", "speech")}";
        return null;
    }

    private static string? Gender(string claim, FusionFacts facts) => facts.Gender switch
    {
        "female" when Affirms(MaleVoice(), claim) => "tells a man's voice, but only female voices speak",
        "male" when Affirms(FemaleVoice(), claim) => "tells a woman's voice, but only male voices speak",
        _ => null,
    };

    private static string? Singing(string claim, FusionFacts facts)
    {
        if (facts.IsSpoken && !NotSungByPeople().IsMatch(claim) && Affirms(SungClaim(), claim)) return "tells singing, but what is said is spoken";
        if (facts.IsSung && NoSingingClaim().IsMatch(claim)) return "says that nobody sings, but somebody does";
        return null;
    }

    private static string? Speakers(string claim, FusionFacts facts)
    {
        if (facts.SpeakerCount is not { } count) return null;

        foreach (Match match in CountClaim().Matches(claim))
        {
            var said = match.Groups["number"].Value.ToLowerInvariant();
            var isWrong = said switch
            {
                "one" or "a single" or "single" or "only one" or "a lone" or "lone" => count != 1,
                "two" => count != 2,
                "three" => count != 3,
                "four" => count != 4,
                "five" => count != 5,
                _ => count < 2,
            };
            if (isWrong) return string.Create(CultureInfo.InvariantCulture, $"tells {said} speaking, but {count} {(count == 1 ? "does" : "do")}");
        }

        return count == 1 && Affirms(ConversationClaim(), claim) ? "tells a conversation, but one person speaks" : null;
    }

    private static string? Language(string claim, FusionFacts facts)
    {
        if (facts.Language is not { } language) return null;

        foreach (var (code, name) in LanguageNames.All)
        {
            if (LanguageNames.AreCompatible(code, language) || !claim.Contains(name, StringComparison.OrdinalIgnoreCase)) continue;

            var isSpoken = Regex.IsMatch(claim, $@"\b(?:in|speak(?:s|ing)?|talk(?:s|ing)?|sing(?:s|ing)?)\s+(?:\w+\s+)?{name}\b|\b{name}(?:-language)?\s+(?:speech|voices?|speakers?|dialogue|conversation|song|lyrics|narration|words|language)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            if (isSpoken) return $"tells {name}, but the language is {LanguageNames.Find(language) ?? language}";
        }

        return null;
    }

    private static string? People(string claim, FusionFacts facts) =>
        facts.Faces is > 0 and var faces && NobodyClaim().IsMatch(claim)
            ? string.Create(CultureInfo.InvariantCulture, $"says that nobody is seen, but {faces} {(faces == 1 ? "face is" : "faces are")}")
            : null;

    private static string? Picture(string claim, FusionFacts facts)
    {
        if (facts["camera_stability"] < ShakyBelow && SteadyClaim().IsMatch(claim)) return $"tells a steady camera, but it shakes{Value(facts, "camera_stability", "stability")}";
        if (facts["camera_stability"] >= SteadyFrom && Affirms(ShakyClaim(), claim)) return $"tells a shaking camera, but it is steady{Value(facts, "camera_stability", "stability")}";
        if (facts["saturation"] >= ColourfulFrom && ColourlessClaim().IsMatch(claim)) return $"says black and white, but there is colour{Value(facts, "saturation", "saturation")}";
        if (facts["motion_ratio"] >= MovingFrom && StillClaim().IsMatch(claim)) return $"says that nothing moves, but much does{Value(facts, "motion_ratio", "moving")}";
        return null;
    }

    /// <summary>Whether a claim is made without a negation shortly before it.</summary>
    private static bool Affirms(Regex pattern, string claim) =>
        pattern.Matches(claim).Any(match => !Negation().IsMatch(claim[Math.Max(0, match.Index - 24)..match.Index]));

    private static string Value(FusionFacts facts, string name, string unit) =>
        facts[name] is { } value ? string.Create(CultureInfo.InvariantCulture, $" ({name} {value:0.##} {unit})") : "";

    [GeneratedRegex(@"\b(?:no|not|without|never|nobody|none|neither|absence of|n't)\b(?:\s+\w+){0,3}\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(?:no|without(?:\s+any)?|lacks?(?:\s+any)?)\s+(?:audible\s+|discernible\s+)?(?:sounds?|audio)\b(?!\s+(?:effects?|of|from))|\b(?:video|clip|audio|recording|scene|track|it)\s+is\s+(?:completely\s+|entirely\s+|totally\s+|almost\s+)?silent\b|\b(?:complete|total|only|utter|absolute)\s+silence\b|\bsoundless\b|\b(?:nothing\s+(?:is|can\s+be)\s+heard)\b|^\s*silence\.?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SilentClaim();

    [GeneratedRegex(@"\b(?:no|without(?:\s+any)?|lacks?(?:\s+any)?|absence\s+of)\s+(?:\w+\s+){0,2}(?:speech|voices?|dialogue|conversation|narration|talking|speaking|spoken\s+words?|vocals?)\b|\b(?:nobody|no\s+one|no\s+person)\s+(?:is\s+)?(?:speak|talk)\w*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoVoiceClaim();

    [GeneratedRegex(@"\b(?:speaks?|speaking|spoken|talks?|talking|says|saying|voices?|speech|narrat\w+|dialogue|conversation)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VoiceClaim();

    [GeneratedRegex(@"\b(?:man|men|male|boys?|gentleman|guy|he)\b(?:'s)?(?:\s+(?!wom[ae]n|female|girls?|she|lady)\w+){0,4}?\s+(?:speak\w*|talk\w*|says?|saying|sings?|singing|narrat\w+|voices?|vocals?)\b|\bmale\s+(?:\w+\s+)?(?:voices?|vocals?|speakers?|singers?|narrators?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MaleVoice();

    [GeneratedRegex(@"\b(?:woman|women|female|girls?|lady|she)\b(?:'s)?(?:\s+(?!m[ae]n|male|boys?|he|gentleman|guy)\w+){0,4}?\s+(?:speak\w*|talk\w*|says?|saying|sings?|singing|narrat\w+|voices?|vocals?)\b|\bfemale\s+(?:\w+\s+)?(?:voices?|vocals?|speakers?|singers?|narrators?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FemaleVoice();

    [GeneratedRegex(@"\b(?:sings?|singing|sung|sang|singers?|vocals?|vocalists?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SungClaim();

    [GeneratedRegex(@"\b(?:birds?|birdsong|singing\s+bowls?|crickets?|whales?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotSungByPeople();

    [GeneratedRegex(@"\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+)?(?:singing|vocals?|singers?|lyrics)\b|\b(?:nobody|no\s+one)\s+(?:is\s+)?sing\w*|\bpurely\s+instrumental\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoSingingClaim();

    [GeneratedRegex(@"\b(?<number>only\s+one|one|two|three|four|five|several|multiple|many|a\s+single|single|a\s+lone|lone)\s+(?:(?:male|female|different|distinct|other|overlapping|adult|young)\s+){0,2}(?:(?:voices?|speakers?)\b|(?:people|persons?|men|women|man|woman)\s+(?:are\s+|is\s+)?(?:speak|talk|convers|chat)\w*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CountClaim();

    [GeneratedRegex(@"\b(?:conversation|dialogue|discussion|interview)\b|\b(?:talk|speak)(?:s|ing)?\s+to\s+each\s+other\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConversationClaim();

    [GeneratedRegex(@"\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+)?(?:people|persons?|humans?|faces?)\b|\b(?:nobody|no\s+one)\s+(?:is\s+|can\s+be\s+)?(?:visible|seen|present|there|in)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NobodyClaim();

    [GeneratedRegex(@"\b(?:steady|static|fixed|stationary|locked)\b(?:\s+\w+)?\s+(?:camera|shot)\b|\bcamera\s+(?:is|remains|stays|holds)\s+(?:\w+\s+)?(?:steady|static|fixed|stationary|still)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SteadyClaim();

    [GeneratedRegex(@"\b(?:shaky|shaking|unsteady|wobbly|jerky)\b(?:\s+\w+){0,2}?\s+(?:camera|shot|footage)\b|\bcamera\s+(?:shakes|wobbles|is\s+(?:\w+\s+)?(?:shaky|unsteady))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ShakyClaim();

    [GeneratedRegex(@"\bblack[\s-]and[\s-]white\s+(?:video|clip|footage|film|image|picture|shot|scene)\b|\b(?:video|clip|footage|film|picture|scene|image)\s+is\s+(?:in\s+)?(?:black[\s-]and[\s-]white|monochrome|greyscale|grayscale)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ColourlessClaim();

    [GeneratedRegex(@"\bnothing\s+(?:in\s+the\s+picture\s+)?moves\b|\b(?:still|static)\s+(?:image|picture|photo\w*)\b|\bno\s+(?:visible\s+)?(?:movement|motion)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StillClaim();
}
